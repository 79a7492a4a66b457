package io.voicegateway.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limits of a number in the plan. */
class PlanLimitsTest {

  @TempDir Path folder;

  @Test
  void aNumberSaysWhichOfItsCallersGoToTheAgent() throws IOException {
    Limits limits =
        limits(
            """
            hours: ["Mo-Fr 08:00-18:00", "Sa 10:00-14:00"]
            time-zone: Europe/Berlin
            holidays: ["2026-12-25", "01-01"]
            closed: ["notice:closed", "decline:486"]
            agent-share: 20
            most-calls: 10
            """);

    assertThat(limits.hours())
        .isEqualTo(
            new Hours(
                List.of(Hours.Span.parse("Mo-Fr 08:00-18:00"), Hours.Span.parse("Sa 10:00-14:00")),
                ZoneId.of("Europe/Berlin"),
                Set.of("2026-12-25", "01-01")));
    assertThat(limits.closed()).isEqualTo(Ladder.parse("notice:closed, decline:486"));
    assertThat(limits.agentShare()).isEqualTo(20);
    assertThat(limits.mostCalls()).isEqualTo(10);
  }

  @Test
  void aNumberThatSaysNothingOfThemHasNone() throws IOException {
    assertThat(limits("agent: a")).isEqualTo(Limits.NONE);
  }

  @Test
  void theApplicationsVariablesInJambonzLeaveThemAlone() throws IOException {
    PlanEntry entry = entry("agent-share: 7");

    assertThat(PlanOverrides.apply(entry, Map.of("agent", "b"), problem -> {}).limits())
        .isEqualTo(entry.limits());
  }

  @Test
  void holidaysAloneAreTheOnlyDaysOnWhichItIsClosed() throws IOException {
    Limits limits = limits("{holidays: [12-25, 2026-12-26], time-zone: UTC}");

    assertThat(limits.isOpen(Instant.parse("2026-12-24T23:59:59Z"))).isTrue();
    assertThat(limits.isOpen(Instant.parse("2026-12-25T03:00:00Z"))).isFalse();
    assertThat(limits.isOpen(Instant.parse("2026-12-26T03:00:00Z"))).isFalse();
    assertThat(limits.isOpen(Instant.parse("2027-12-26T03:00:00Z"))).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "hours: Mo-Fr 08:00-18:00                       | hours: must be a list",
        "hours: []                                      | hours: must be a list",
        "'hours: [Mo-Fr 8-18]'                          | hours: 'Mo-Fr 8-18' must be days and a time",
        "'{hours: [Mo 08:00-18:00], time-zone: Berlin}' | time-zone: 'Berlin' is no time zone",
        "'holidays: [25.12.]'                           | holidays: '25.12.' must be a day",
        "'holidays: [2026-02-30]'                       | holidays: '2026-02-30' must be a day",
        "'holidays: [02-30]'                            | holidays: '02-30' must be a day",
        "closed: notice                                 | closed: says nothing without hours",
        "time-zone: Europe/Berlin                       | time-zone: says nothing without hours",
        "'{holidays: [12-25], closed: [dial-anyway]}'   | closed: must not lead to the agent",
        "'{holidays: [12-25], closed: [pray]}'          | closed: 'pray' is no fallback rung",
        "agent-share: 101                               | agent-share: must be a whole number from 0 to 100",
        "agent-share: 33.3                              | agent-share: must be a whole number from 0 to 100",
        "agent-share: 20%                               | agent-share: must be a whole number from 0 to 100",
        "most-calls: 0                                  | most-calls: must be a whole number from 1",
        "most-calls: many                               | most-calls: must be a whole number from 1",
        "most-call: 7                                   | unknown key 'most-call'; known are number, project, agent",
      })
  void whatIsWrongIsNamed(String text, String problem) {
    InvalidPlan invalid = catchThrowableOfType(InvalidPlan.class, () -> limits(text));

    assertThat(invalid.problems())
        .singleElement()
        .asString()
        .startsWith("gateway.numbers[0]")
        .contains(problem);
  }

  @Test
  void theExampleInApplicationYamlIsRightOnceItsCommentSignsAreGone() throws IOException {
    String text = Files.readString(Path.of("application.yaml"));
    String example =
        text.substring(text.indexOf("  # numbers:"), text.indexOf("  numbers: []"))
            .replaceAll("(?m)^  # ?", "  ");
    Path file = Files.writeString(folder.resolve("plan.yaml"), "gateway:\n" + example);

    NumberPlan plan =
        PlanFile.read(
            file, PlanEntry.standard("everyday-agent"), value -> value, Set.of("default"));

    Limits limits = plan.choose("+493012345670").limits();
    assertThat(limits.agentShare()).isEqualTo(20);
    assertThat(limits.mostCalls()).isEqualTo(50);
    assertThat(limits.closed()).isNotNull();
    assertThat(limits.isOpen(Instant.parse("2026-11-25T10:00:00Z"))).isTrue();
    assertThat(limits.isOpen(Instant.parse("2026-12-25T10:00:00Z"))).isFalse();
    assertThat(plan.mostCalls()).isEqualTo(200);
    assertThat(plan.rest().limits().isOpen(Instant.parse("2026-12-25T10:00:00Z"))).isFalse();
  }

  @Test
  void whatIsSaidForAllHoldsForNumbersThatSayNothingElse() throws IOException {
    NumberPlan plan =
        plan(
            """
            gateway:
              limits:
                hours: ["Mo-Fr 08:00-18:00"]
                time-zone: UTC
                holidays: ["12-25"]
                agent-share: 30
                most-calls: 200
              numbers:
                - number: "+15550001000"
                  hours: ["Mo-Su 08:00-22:00"]
                  closed: ["decline:486"]
                  most-calls: 2
            """);
    Limits own = plan.choose("+15550001000").limits();
    Limits others = plan.choose("+15550002000").limits();

    assertThat(plan.mostCalls()).isEqualTo(200);
    assertThat(own.mostCalls()).isEqualTo(2);
    assertThat(others.mostCalls()).isZero();
    assertThat(own.agentShare()).isEqualTo(30);
    assertThat(own.closed()).isEqualTo(Ladder.parse("decline:486"));
    assertThat(others.isOpen(Instant.parse("2026-11-25T20:00:00Z"))).isFalse();
    assertThat(own.isOpen(Instant.parse("2026-11-25T20:00:00Z"))).isTrue();
    assertThat(own.isOpen(Instant.parse("2026-12-25T10:00:00Z"))).isFalse();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "many              | gateway.limits: must be some of the keys hours",
        "{most-call: 7}    | gateway.limits: unknown key 'most-call'; known are hours",
        "{agent-share: -1} | gateway.limits.agent-share: must be a whole number from 0 to 100",
      })
  void whatIsWrongForAllIsNamed(String limits, String problem) {
    InvalidPlan invalid =
        catchThrowableOfType(InvalidPlan.class, () -> plan("gateway:\n  limits: " + limits + "\n"));

    assertThat(invalid.problems()).singleElement().asString().startsWith(problem);
  }

  private NumberPlan plan(String yaml) throws IOException {
    return PlanFile.read(
        Files.writeString(folder.resolve("all.yaml"), yaml),
        PlanEntry.standard("everyday-agent"),
        value -> value,
        Set.of("default"));
  }

  private Limits limits(String text) throws IOException {
    return entry(text).limits();
  }

  /** The plan's entry with those lines, or with those between braces. */
  private PlanEntry entry(String text) throws IOException {
    String lines =
        text.startsWith("{")
            ? text.replaceAll("^\\{|}$", "").replaceAll(", (?=[a-z-]+:)", "\n")
            : text;
    String plan =
        "gateway:\n  numbers:\n    - number: \"+15550001000\"\n" + lines.strip().indent(6);
    Path file = Files.writeString(folder.resolve("plan.yaml"), plan);
    return PlanFile.read(
            file, PlanEntry.standard("everyday-agent"), value -> value, Set.of("default"))
        .choose("+15550001000");
  }
}
