package io.voicegateway.jambonz;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.call.Call;
import io.voicegateway.call.Ladder;
import io.voicegateway.call.PlanEntry;
import io.voicegateway.call.PlanOverrides;
import io.voicegateway.call.Rung;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DialStateTest {

  private static final Call CALL = Calls.from("+15550002000");

  private final DialState state = DialVerbsTest.state();

  @Test
  void rememberEveryRungHoweverItsSentenceReads() {
    Ladder ladder = new Ladder(List.of(new Rung.Say("Press, notice, bye"), new Rung.Decline(486)));

    assertThat(state.ladder(state.seal(CALL, "room", ladder))).isEqualTo(ladder);
  }

  @Test
  void remembersWhatTheApplicationsVariablesSaid() {
    PlanEntry said =
        PlanOverrides.apply(
            CALL.plan(), Map.of("agent", "sales", "dial_timeout", "12"), problem -> {});
    Call call = new Call(CALL.sid(), CALL.direction(), CALL.from(), CALL.to(), said, CALL.origin());

    assertThat(state.overrides(state.seal(call, "room", Ladder.EMPTY)))
        .containsEntry("agent", "sales")
        .containsEntry("dial_timeout", "12");
  }

  /** Another project has another one. */
  @Test
  void anAgentThatNobodyNamedIsThatOfTheProject() {
    assertThat(state.overrides(state.seal(CALL, "room", Ladder.EMPTY))).containsEntry("agent", "");
  }

  @Test
  void anEmptyLadderStaysEmpty() {
    assertThat(state.ladder(state.seal(CALL, "room", Ladder.EMPTY)).rungs()).isEmpty();
    assertThat(state.ladder(null).rungs()).isEmpty();
  }

  @Test
  void remembersWhatWasDialled() {
    assertThat(state.rung(state.seal(CALL, "dial:***000", Ladder.EMPTY))).isEqualTo("dial:***000");
  }

  @Property
  void whatWasNotSealedByUsSaysNothing(@ForAll String text) {
    assertThat(state.ladder(text).rungs()).isEmpty();
    assertThat(state.rung(text)).isEqualTo("room");
  }
}
