package io.voicegateway.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanFileTest {

  private static final PlanEntry STANDARD = PlanEntry.standard("everyday-agent");

  @TempDir Path folder;

  @Test
  void anExactNumberBeatsAPrefixAndALongerPrefixAShorterOne() throws IOException {
    NumberPlan plan =
        read(
            """
            gateway:
              numbers:
                - {number: "+49*", agent: german}
                - {number: "+4930*", agent: berlin}
                - {number: "030 12345670", agent: sales, country: DE}
                - {number: "*", agent: others}
            """);

    assertThat(plan.choose("+493012345670").agent()).isEqualTo("sales");
    assertThat(plan.choose("03012345670").agent()).isEqualTo("sales");
    assertThat(plan.choose("+493099999999").agent()).isEqualTo("berlin");
    assertThat(plan.choose("+498912345678").agent()).isEqualTo("german");
    assertThat(plan.choose("+15550001000").agent()).isEqualTo("others");
    assertThat(plan.choose(null).agent()).isEqualTo("others");
  }

  @Test
  void anEntryTakesFromTheSettingsWhatItDoesNotSay() throws IOException {
    PlanEntry entry =
        read("""
                gateway:
                  numbers:
                    - number: "+15550001000"
                      fallback: [dial-anyway, "dial:+15550002000", "decline:486"]
                      caller-id: "+15550001000"
                      dial-timeout: 30
                      ringback: uk
                      headers: {X-Queue: sales}
                      metadata: {tenant_id: acme, vip: true}
                """)
            .choose("+15550001000");

    assertThat(entry.agent()).isEqualTo("everyday-agent");
    assertThat(entry.fallback())
        .isEqualTo(Ladder.parse("dial-anyway, dial:+15550002000, decline:486"));
    assertThat(entry.callerId()).isEqualTo("+15550001000");
    assertThat(entry.dialTimeoutSeconds()).isEqualTo(30);
    assertThat(entry.ringback()).contains("400,450");
    assertThat(entry.headers()).isEqualTo(Map.of("X-Queue", "sales"));
    assertThat(entry.metadata()).isEqualTo(Map.of("tenant_id", "acme", "vip", true));
  }

  @Test
  void everyWrongEntryGetsASentenceOfItsOwn() {
    assertThat(
            problems(
                """
                gateway:
                  numbers:
                    - {number: "+15550001000", agnet: sales}
                    - {number: +15550001001, agent: sales}
                    - {agent: sales}
                    - {number: "+15550001003", dial-timeout: soon, ringback: loud}
                    - {number: "+15550001004", fallback: "dial:somebody"}
                    - {number: "+15550001005", country: XX}
                    - {number: "+15550001006", headers: {X-Gateway-From: x}}
                    - {number: "+15550001006", headers: {Contact: x}}
                    - {number: "+15550001007"}
                    - {number: "+15550001007"}
                    - just text
                    - {number: "+15550001008", backup-agent: "two words"}
                """))
        .satisfiesExactly(
            problem -> assertThat(problem).contains("[0]", "unknown key 'agnet'", "agent"),
            problem -> assertThat(problem).contains("[1].number", "quotes"),
            problem -> assertThat(problem).contains("[2].number", "must be given"),
            problem -> assertThat(problem).contains("[3].dial-timeout", "seconds"),
            problem -> assertThat(problem).contains("[3].ringback", "tone_stream"),
            problem -> assertThat(problem).contains("[4].fallback", "dial:+E164"),
            problem -> assertThat(problem).contains("[5].country", "ISO 3166"),
            problem -> assertThat(problem).contains("[6].headers", "X-Gateway-From"),
            problem -> assertThat(problem).contains("[7].headers", "Contact"),
            problem -> assertThat(problem).contains("stands twice").doesNotContain("+15550001006"),
            problem -> assertThat(problem).contains("stands twice").doesNotContain("+15550001007"),
            problem -> assertThat(problem).contains("[10]"),
            problem -> assertThat(problem).contains("[11].backup-agent", "without blanks"));
  }

  @Test
  void aFileThatIsNoYamlIsNamedWithItsLine() {
    assertThat(problems("gateway:\n  numbers: [\n")).singleElement().asString().contains("line 3");
  }

  @Test
  void numbersThatAreNoListAreRefused() {
    assertThat(problems("gateway: {numbers: {a: b}}")).singleElement().asString().contains("list");
  }

  @Test
  void placeholdersStandForSettings() throws IOException {
    NumberPlan plan = read("gateway: {numbers: [{number: \"*\", agent: \"${WHO}\"}]}");

    assertThat(plan.rest().agent()).isEqualTo("resolved");
  }

  @Test
  void withoutAFileEveryNumberGetsTheSettings() {
    NumberPlan plan =
        PlanFile.read(folder.resolve("none.yaml"), STANDARD, text -> text, Set.of("default"));

    assertThat(plan.choose("+15550001000")).isEqualTo(STANDARD);
  }

  private NumberPlan read(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("plan.yaml"), yaml);
    return PlanFile.read(
        file, STANDARD, text -> text.replace("${WHO}", "resolved"), Set.of("default"));
  }

  private List<String> problems(String yaml) {
    InvalidPlan invalid = catchThrowableOfType(InvalidPlan.class, () -> read(yaml));
    return invalid.problems();
  }
}
