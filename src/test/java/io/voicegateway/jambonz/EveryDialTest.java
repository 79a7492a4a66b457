package io.voicegateway.jambonz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.voicegateway.call.Call;
import io.voicegateway.call.Ladder;
import io.voicegateway.call.Placement;
import io.voicegateway.call.Rung;
import io.voicegateway.call.TransferRules;
import io.voicegateway.call.TransferRules.Target;
import io.voicegateway.call.TransferRules.Way;
import io.voicegateway.jambonz.Climb.Failed;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any dial of a call may be followed by any other. One pair of them lets the second person hear
 * nothing: a first that is not anchored, and a second that is and answers only with the bridge
 * (seen on a real Jambonz). So each is anchored.
 */
class EveryDialTest {

  private static final Call CALL = Calls.from("+15550002000");
  private static final DialVerbs DIALS = DialVerbsTest.dials("");

  static Stream<Answer> dials() {
    Rung.DialPerson phone = new Rung.DialPerson("+15550003671");
    Rung.DialPerson desk = new Rung.DialPerson("sip:desk@pbx.example.test");
    return Stream.of(
        DIALS.intoRoom(CALL, Rung.ROOM, Ladder.DEFAULT),
        DIALS.intoRoom(Calls.outbound(), Rung.ROOM, Ladder.EMPTY),
        DIALS.intoRoom(Calls.from("anonymous"), Rung.ROOM, Ladder.EMPTY),
        DIALS.toNumber(CALL),
        climb(Failed.REGISTRATION, "dial-anyway"),
        climb(Failed.DIAL, "agent"),
        climb(Failed.DIAL, "dial:+15550003671"),
        climb(Failed.DIAL, "dial:sip:desk@pbx.example.test"),
        new Answer(
            "person",
            List.of(
                DIALS.fromLiveKit(
                    new LegTokens.Errand("a", "b", 0, 60, null),
                    new LegTokens.Person(Placement.Kind.INVITE, "+15550003671", "+15550001000", 30),
                    "/ended",
                    new LegTag("a", LegTag.INVITED, "b")))),
        transfer(Way.DIAL, phone),
        transfer(Way.DIAL, desk),
        afterReferral(phone),
        afterReferral(desk));
  }

  @ParameterizedTest
  @MethodSource("dials")
  void isAnchoredAndOneThatJambonzRuns(Answer answer) throws Exception {
    String json = new JsonMapper().writeValueAsString(answer);

    assertThat(new JsonMapper().readTree(json))
        .filteredOn(verb -> verb.path("verb").asText().equals("dial"))
        .singleElement()
        .satisfies(dial -> assertThat(dial.path("anchorMedia").asBoolean()).isTrue());
    assertThat(new VerbRules().refusal(json)).isEmpty();
  }

  private static Answer climb(Failed before, String rung) {
    return ClimbTest.climb(true, before, "").down(Ladder.parse(rung));
  }

  private static Answer afterReferral(Rung.DialPerson person) {
    String hook = ((Verb.Refer) transfer(Way.REFER, person).verbs().get(0)).actionHook();
    return transfers(Way.REFER).dial(CALL, "transfer:sales", hook.split("=", 2)[1]);
  }

  private static Answer transfer(Way way, Rung.DialPerson person) {
    Target target = new Target(person, Rung.TRANSFER + person.masked());
    return transfers(way).write(new Transfer(CALL, target, "b", Ladder.DEFAULT));
  }

  private static TransferVerbs transfers(Way way) {
    TransferRules rules = new TransferRules(Map.of(), List.of(), Set.of(), way);
    return new TransferVerbs(DIALS, DialVerbsTest.state(), () -> rules);
  }
}
