package io.voicegateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.TestClock;
import io.voicegateway.call.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A carrier tries a failed call again and again. */
class StormsTest {

  private static final String CALLER = "+15550002000";

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-25T10:00:00Z"));
  private final Storms storms = new Storms(new TestClock(now));
  private final PlannedCalls calls = PlannedCalls.with("agent: a");
  private int sids;

  @Test
  void whoCallsAgainWithinTwoSecondsOfAFailureIsCaught() {
    fail(tries());

    after(1999);
    assertThat(storms.catches(next())).isTrue();
  }

  @Test
  void whoWaitsLongerIsLetThrough() {
    fail(tries());

    after(2000);
    assertThat(storms.catches(next())).isFalse();
  }

  @Test
  void aClockThatIsSetBackDampsNobody() {
    fail(tries());

    after(-Duration.ofMinutes(10).toMillis());
    assertThat(storms.catches(next())).isFalse();
  }

  @Test
  void eachAttemptThatIsCaughtMakesTheTimeLonger() {
    fail(tries());

    for (int i = 0; i < 10; i++) {
      after(1900);
      assertThat(storms.catches(next())).isTrue();
    }
    after(2000);
    assertThat(storms.catches(next())).isFalse();
  }

  @Test
  void afterAMinuteOneIsLetThrough() {
    fail(tries());
    Instant first = now.get();

    while (now.get().isBefore(first.plusSeconds(59))) {
      after(1000);
      Call caught = next();
      assertThat(storms.catches(caught)).isTrue();
      fail(caught);
    }
    after(1000);
    Call last = next();
    assertThat(storms.catches(last)).isFalse();
    fail(last);
    after(1000);
    assertThat(storms.catches(next())).isTrue();
  }

  @Test
  void theEndOfACaughtCallIsNoNewFailure() {
    fail(tries());
    after(1000);
    Call caught = next();
    assertThat(storms.catches(caught)).isTrue();

    after(8000);
    fail(caught);

    assertThat(storms.catches(next())).isFalse();
  }

  @Test
  void theSameHookAgainIsTheSameCall() {
    Call first = tries();
    fail(first);

    assertThat(storms.catches(first)).isFalse();
  }

  @Test
  void otherCallersAndOtherNumbersAreLeftAlone() {
    fail(tries());

    assertThat(storms.catches(calls.call("x", "+15550002001"))).isFalse();
    assertThat(storms.catches(calls.call("y", CALLER, "+15550001001"))).isFalse();
  }

  @Test
  void callersWithoutANumberCannotBeToldApart() {
    Call first = calls.call("x", "anonymous");
    assertThat(storms.catches(first)).isFalse();
    fail(first);

    assertThat(storms.catches(calls.call("y", "anonymous"))).isFalse();
  }

  @Test
  void aCallThatComesWhileTheOneBeforeHangsInItsRegistrationIsCaught() {
    tries();

    after(800);
    assertThat(storms.catches(next())).isTrue();
  }

  @Test
  void twoPeopleBehindOneNumberMayCallAtTheSameMoment() {
    tries();

    after(100);
    assertThat(storms.catches(next())).isFalse();
  }

  @Test
  void aCallThatWasAnsweredHasNothingToDoWithTheNext() {
    storms.answered(tries());

    after(800);
    assertThat(storms.catches(next())).isFalse();
  }

  @Test
  void aRegistrationOfWhichNothingIsHeardIsForgotten() {
    tries();

    after(5001);
    assertThat(storms.catches(next())).isFalse();
  }

  /** A call that is let through. */
  private Call tries() {
    Call call = next();
    assertThat(storms.catches(call)).isFalse();
    return call;
  }

  private Call next() {
    return calls.call("call-" + sids++, CALLER);
  }

  private void fail(Call call) {
    storms.answered(call);
    storms.failed(call.sid(), call.from(), call.to());
  }

  private void after(long millis) {
    now.updateAndGet(then -> then.plusMillis(millis));
  }
}
