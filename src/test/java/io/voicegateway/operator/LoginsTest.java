package io.voicegateway.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.voicegateway.TestClock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long whoever failed to log in has to wait. */
class LoginsTest {

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-30T12:00:00Z"));
  private Logins logins;

  @BeforeEach
  void gateway() {
    OperatorSettings settings =
        new OperatorSettings("ops", "s3cret", "viewer", "", Path.of(""), List.of());
    OperatorPassword password = new OperatorPassword(settings);
    Accounts accounts = new Accounts(settings, password);
    logins = new Logins(accounts, password, new TestClock(now), new SimpleMeterRegistry());
  }

  @Test
  void aMinuteAfterTheFirstFailureTheRightPasswordIsTakenAgain() {
    fail(4, "192.0.2.7");
    later(20);
    fail(6, "192.0.2.7");
    later(39);
    Refusal refusal = refusal("s3cret", "192.0.2.7");
    assertThat(refusal.status()).isEqualTo(429);
    assertThat(refusal.retryAfter()).isEqualTo(1);

    later(1);

    assertThat(logins.login("ops", "s3cret", "192.0.2.7").isOperator()).isTrue();
  }

  @Test
  void attemptsThatAreNotLookedAtMakeTheWaitNoLonger() {
    fail(10, "192.0.2.7");
    later(30);
    fail(50, "192.0.2.7");
    later(30);

    assertThat(logins.login("ops", "s3cret", "192.0.2.7").name()).isEqualTo("ops");
  }

  @Test
  void whoeverHasANetworkOfAddressesIsOneSender() {
    for (int host = 1; host <= 10; host++) {
      fail(1, "2001:db8:0:1::" + host);
    }

    assertThat(refusal("s3cret", "2001:db8:0:1:ffff::1").status()).isEqualTo(429);
    assertThat(logins.login("ops", "s3cret", "2001:db8:0:2::1").name()).isEqualTo("ops");
  }

  @Test
  void withoutAPasswordOfHisThereIsNoViewer() {
    assertThat(catchThrowableOfType(Refusal.class, () -> logins.login("viewer", "", "192.0.2.1")))
        .extracting(Refusal::status)
        .isEqualTo(401);
  }

  private void fail(int times, String address) {
    for (int attempt = 0; attempt < times; attempt++) {
      refusal("wrong", address);
    }
  }

  private Refusal refusal(String password, String address) {
    return catchThrowableOfType(Refusal.class, () -> logins.login("ops", password, address));
  }

  private void later(int seconds) {
    now.updateAndGet(time -> time.plusSeconds(seconds));
  }
}
