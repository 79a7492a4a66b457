package io.voicegateway.jambonz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.voicegateway.call.Call;
import io.voicegateway.call.Ladder;
import io.voicegateway.jambonz.Climb.Failed;
import io.voicegateway.project.SharedThreads;
import io.voicegateway.project.TestProjects;
import java.time.Clock;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a caller gets from each rung, before and after he was answered. */
class ClimbTest {

  private static final String SOUNDS = "http://gateway.example.test";

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "notice                | play+early sip:decline:480 hangup",
        "notice, decline:486   | play+early sip:decline:486 hangup",
        "say:Sorry             | say play pause hangup",
        "play:https://a.test/b | play pause hangup",
        "decline:603           | sip:decline:603 hangup",
        "dial:+15550003000     | dial:+15550003000 hangup",
        "dial:sip:a@b.test     | dial:sip:a@b.test hangup",
        "dial-anyway           | dial:room hangup",
      })
  void anUnansweredCaller(String ladder, String verbs) {
    assertThat(words(climb(false, Failed.REGISTRATION, SOUNDS), ladder)).isEqualTo(verbs);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "notice      | play pause hangup",
        "say:Sorry   | say play pause hangup",
        "decline:603 | pause hangup",
      })
  void anAnsweredCallerCannotBeDeclinedAnyMore(String ladder, String verbs) {
    assertThat(words(climb(true, Failed.REGISTRATION, SOUNDS), ladder)).isEqualTo(verbs);
  }

  @Test
  void aRoomThatWasDialledIsNotDialledAgain() {
    assertThat(words(climb(false, Failed.DIAL, SOUNDS), "dial-anyway, decline:486"))
        .isEqualTo("sip:decline:486 hangup");
  }

  @ParameterizedTest(name = "after {0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "UNKNOWN      | sip:decline:486 hangup",
        "REGISTRATION | dial:room hangup",
        "DIAL         | tag play+early redirect play+early redirect sip:decline:480 hangup",
        "RING_BACK    | sip:decline:486 hangup",
      })
  void onlyWaysToTheAgentThatMayStillWorkAreTried(Failed failed, String verbs) {
    assertThat(words(climb(false, failed, SOUNDS), "callback, dial-anyway, decline:486"))
        .isEqualTo(verbs);
  }

  @Test
  void theAgentIsDialledAgainOnlyWhereTheCallIsRegisteredAgain() {
    assertThat(words(climb(true, Failed.DIAL, SOUNDS), "agent, notice"))
        .isEqualTo("dial:room hangup");
    for (Failed other : List.of(Failed.UNKNOWN, Failed.REGISTRATION, Failed.RING_BACK)) {
      assertThat(words(climb(true, other, SOUNDS), "agent, notice")).isEqualTo("play pause hangup");
    }
  }

  @Test
  void withoutAnAddressOfOurOwnThereIsNoNotice() {
    assertThat(words(climb(false, Failed.REGISTRATION, ""), "notice, decline:486"))
        .isEqualTo("sip:decline:486 hangup");
    assertThat(words(climb(false, Failed.REGISTRATION, ""), "say:Sorry"))
        .isEqualTo("say pause hangup");
  }

  @Test
  void theEndOfEveryLadderIsADecline() {
    assertThat(words(climb(false, Failed.DIAL, SOUNDS), "dial-anyway"))
        .isEqualTo("sip:decline:480 hangup");
  }

  @Test
  void aDialCarriesWhatIsLeftOfTheLadder() {
    Answer answer =
        climb(false, Failed.REGISTRATION, SOUNDS)
            .down(Ladder.parse("dial:+15550003000, say:One, two, decline:486"));

    String then = ((Verb.Dial) answer.verbs().get(0)).actionHook().split("=", 2)[1];
    assertThat(DialVerbsTest.state().ladder(then))
        .isEqualTo(Ladder.parse("say:One, two, decline:486"));
    assertThat(DialVerbsTest.state().rung(then)).isEqualTo("dial:***000");
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void everyAnswerIsOneThatJambonzRuns(boolean answered) throws Exception {
    for (String rung :
        List.of(
            "dial-anyway",
            "callback",
            "dial:+15550003000",
            "notice",
            "say:x",
            "play:http://a/b",
            "decline:486")) {
      Failed failed = rung.equals("callback") ? Failed.DIAL : Failed.REGISTRATION;
      Answer answer = climb(answered, failed, SOUNDS).down(Ladder.parse(rung));

      assertThat(new VerbRules().refusal(new JsonMapper().writeValueAsString(answer))).isEmpty();
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "dial-anyway                         | dial-anyway",
        "dial:+15550003123                   | dial:***123",
        "dial:sip:reception:pw@b.test;x=+155 | dial:sip:***ion@b.test",
        "notice                              | notice",
        "notice:closed                       | notice:closed",
        "say:Sorry, +15550003000             | say",
        "play:https://a.test/b               | play",
        "decline:603                         | decline:603",
      })
  void theRecordIsToldTheRungAndNoWholeNumber(String ladder, String rung) {
    assertThat(climb(false, Failed.REGISTRATION, SOUNDS).down(Ladder.parse(ladder)).rung())
        .isEqualTo(rung);
  }

  @ParameterizedTest(name = "after {0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "DIAL         | callback, dial:+15550003000, agent, decline:486 | sip:decline:486 hangup",
        "REGISTRATION | dial-anyway, dial:sip:a@b.test, say:Sorry       | say play pause hangup",
        "DIAL         | dial:+15550003000, notice                       | play+early sip:decline:480 hangup",
        "DIAL         | route:night-desk                                | sip:decline:480 hangup",
      })
  void whoeverWaitedTooLongGetsWhatEndsAtOnce(Failed failed, String ladder, String verbs) {
    assertThat(words(climb(false, failed, SOUNDS, true), ladder)).isEqualTo(verbs);
  }

  @Test
  void theEndOfTheLadderIsToldAsADecline() {
    assertThat(climb(false, Failed.DIAL, SOUNDS).down(Ladder.EMPTY).rung())
        .isEqualTo("decline:480");
  }

  static Climb climb(boolean answered, Failed failed, String sounds) {
    return climb(answered, failed, sounds, false);
  }

  private static Climb climb(boolean answered, Failed failed, String sounds, boolean late) {
    Call call = Calls.from("+15550002000");
    WaitingVerbs waits =
        new WaitingVerbs(
            Calls.ringBacks(),
            DialVerbsTest.state(),
            TestProjects.at(DialVerbsTest.SIP),
            Clock.systemUTC(),
            new JambonzSettings(List.of(), "", false));
    DialVerbs dials = DialVerbsTest.dials("");
    RouteQuestions questions =
        new RouteQuestions(
            new DefaultCamelContext().createProducerTemplate(), new SharedThreads(8, 8));
    return new Climb(
        dials,
        waits,
        new OperatorRungs(questions, dials),
        new ProjectRungs(
            TestProjects.at(DialVerbsTest.SIP), name -> false, questions, dials, waits),
        call,
        sounds,
        answered,
        failed,
        late);
  }

  private static String words(Climb climb, String ladder) {
    return String.join(
        " ", climb.down(Ladder.parse(ladder)).verbs().stream().map(ClimbTest::word).toList());
  }

  private static String word(Verb verb) {
    if (verb instanceof Verb.Dial dial) {
      Verb.Target target = dial.target().get(0);
      String whom = target.number() == null ? String.valueOf(target.sipUri()) : target.number();
      return "dial:" + (whom.contains(Calls.SID) ? "room" : whom);
    }
    if (verb instanceof Verb.Play play) {
      return play.earlyMedia() == null ? "play" : "play+early";
    }
    return verb instanceof Verb.Decline decline ? "sip:decline:" + decline.status() : verb.verb();
  }
}
