package io.voicegateway.operator;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Lets in by user and password, on both ports. From where too many attempts failed, none is looked
 * at for a while, not even a right one. When too many failed in all, only those from where somebody
 * logged in before are, so that strangers cannot shut operators out.
 */
@Component
public final class Logins {

  static final int MOST_FROM_ONE = 10;
  static final int MOST_IN_ALL = 100;

  private static final Logger log = LoggerFactory.getLogger(Logins.class);
  private static final String ALL = "";
  private static final int UNAUTHORIZED = 401;
  private static final int TOO_MANY = 429;
  private static final int MOST_GOOD = 1000;
  private static final Duration LONG = Duration.ofDays(7);

  private final Accounts accounts;
  private final OperatorPassword password;
  private final Failures fromOne;
  private final Failures inAll;
  private final Cache<String, Boolean> good =
      Caffeine.newBuilder().maximumSize(MOST_GOOD).expireAfterWrite(LONG).build();
  private final Counter failures;

  Logins(Accounts accounts, OperatorPassword password, Clock clock, MeterRegistry meters) {
    this.accounts = accounts;
    this.password = password;
    this.fromOne = new Failures(MOST_FROM_ONE, clock);
    this.inAll = new Failures(MOST_IN_ALL, clock);
    this.failures =
        Counter.builder("gateway.login.failures")
            .description("Attempts to log in that failed")
            .register(meters);
  }

  /**
   * Whose login it is. One attempt after the other, so that many at once are not more than allowed.
   *
   * @param address from where it comes
   * @throws Refusal for nobody's, and for too many attempts
   */
  public synchronized Account login(String user, String password, String address) {
    check(address);
    @Nullable Account account = accounts.find(user, password);
    if (account == null) {
      failed(address);
      throw new Refusal(
          UNAUTHORIZED,
          "Wrong user or password: they are %s.".formatted(this.password.whereabouts()));
    }
    succeeded(address);
    return account;
  }

  /**
   * Lets an attempt be looked at.
   *
   * @throws Refusal for too many that failed
   */
  public synchronized void check(String address) {
    String from = Senders.group(address);
    if (fromOne.areTooMany(from)) {
      throw tooMany(fromOne.secondsLeft(from));
    }
    if (inAll.areTooMany(ALL) && good.getIfPresent(from) == null) {
      throw tooMany(inAll.secondsLeft(ALL));
    }
  }

  /** Somebody was let in. */
  public synchronized void succeeded(String address) {
    good.put(Senders.group(address), true);
  }

  /** Somebody was not. */
  public synchronized void failed(String address) {
    String from = Senders.group(address);
    failures.increment();
    if (fromOne.add(from)) {
      log.warn(
          "Nobody is let log in from {} for a minute: {} attempts failed", from, MOST_FROM_ONE);
    }
    if (inAll.add(ALL)) {
      log.warn(
          "Nobody is let log in for a minute from where nobody did before: {} attempts failed",
          MOST_IN_ALL);
    }
  }

  private static Refusal tooMany(int seconds) {
    return new Refusal(
        TOO_MANY,
        "Too many attempts to log in failed: try again in %d s.".formatted(seconds),
        seconds);
  }
}
