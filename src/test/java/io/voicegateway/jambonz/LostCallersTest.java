package io.voicegateway.jambonz;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.TestClock;
import io.voicegateway.call.Call;
import io.voicegateway.call.Ladder;
import io.voicegateway.call.RingBack;
import io.voicegateway.call.record.CallHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Who is taken for gone of those who wait to be rung back. */
class LostCallersTest {

  private static final Duration SILENCE = Duration.ofSeconds(5);

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final RingBacks ringBacks = Calls.ringBacks(new TestClock(now));
  private final Call call = Calls.from("+15550002000");

  /**
   * What the record tells.
   *
   * @param unheardOf whether nobody is sure to have written anything
   */
  private record History(boolean isShared, boolean unheardOf) implements CallHistory {
    @Override
    public boolean heardOf(String callSid, String key, Instant since) {
      return false;
    }

    @Override
    public boolean isUnheardOf(String callSid, Collection<String> keys) {
      return unheardOf;
    }
  }

  @Test
  void whoeverStoppedAskingIsGoneAndFoundOnce() {
    RingBack ringBack = ringBacks.begin(call, "", Ladder.DEFAULT);
    LostCallers callers = callers(false, true);

    pass(4);
    assertThat(callers.find()).isEmpty();
    pass(2);
    assertThat(callers.find()).containsExactly(ringBack);
    assertThat(callers.find()).isEmpty();
    assertThat(ringBacks.isCallerGone(call.sid())).isTrue();
  }

  @Test
  void whoeverAsksOnIsThere() {
    RingBack ringBack = ringBacks.begin(call, "", Ladder.DEFAULT);

    pass(4);
    ringBacks.progress(ringBack);
    pass(4);

    assertThat(callers(false, true).find()).isEmpty();
  }

  @Test
  void whoeverWasJoinedHereIsNotGone() {
    RingBack ringBack = ringBacks.begin(call, "", Ladder.DEFAULT);
    ringBacks.over(ringBack);

    pass(3600);

    assertThat(callers(false, true).find()).isEmpty();
  }

  @Test
  void whoeverMayAskAnotherGatewayIsThereUntilHisPatienceIsOver() {
    RingBack ringBack = ringBacks.begin(call, "", Ladder.DEFAULT);
    LostCallers callers = callers(true, true);

    pass(ringBack.patience().toSeconds());
    assertThat(callers.find()).isEmpty();
    pass(SILENCE.toSeconds() + 1);
    assertThat(callers.find()).containsExactly(ringBack);
  }

  @Test
  void whoeverMayHaveBeenJoinedByAnotherGatewayIsLeftAlone() {
    ringBacks.begin(call, "", Ladder.DEFAULT);

    pass(3600);

    assertThat(callers(true, false).find()).isEmpty();
  }

  @Test
  void nobodyIsGivenUpWhereAnotherGatewayAnswersAndSharesNoRecord() {
    ringBacks.begin(call, "", Ladder.DEFAULT);
    pass(1);
    ringBacks.progress(new RingBack(Calls.outbound(), "begun-elsewhere", now.get()));

    pass(3600);

    assertThat(callers(false, true).find()).isEmpty();
    assertThat(callers(true, true).find()).isNotEmpty();
  }

  @Test
  void whoeverMayTalkAlreadyByAGatewayThatSharesNoRecordIsLeftAlone() {
    RingBack ringBack = ringBacks.begin(call, "", Ladder.DEFAULT);
    ringBacks.answered(ringBack);

    pass(3600);

    assertThat(callers(false, true).find()).isEmpty();
  }

  private LostCallers callers(boolean shared, boolean unheardOf) {
    return new LostCallers(ringBacks, new History(shared, unheardOf), SILENCE, new TestClock(now));
  }

  private void pass(long seconds) {
    now.updateAndGet(before -> before.plusSeconds(seconds));
  }
}
