package io.voicegateway.admission;

import io.voicegateway.call.Call;
import io.voicegateway.call.Hmac;
import io.voicegateway.call.Newest;
import io.voicegateway.call.Party;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Knows a carrier that tries a failed call again and again, each time with a new id: the same
 * caller for the same number within moments of the last failure. Each such attempt makes the time
 * longer, but after a minute one is let through to see whether it works again. An attempt that
 * comes while the one before is still being registered, and for longer than usual, belongs to it
 * too. Callers without a number cannot be told apart and are let through.
 */
@Component
final class Storms {

  private static final Duration WINDOW = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /**
   * Two people behind one number may call at the same moment. A registration takes less, so that
   * only with a LiveKit that hangs a second call is taken for the first one's repetition.
   */
  private static final Duration SLOW = Duration.ofMillis(500);

  /** By then every call hook is answered. */
  private static final Duration ANSWERED = Duration.ofSeconds(5);

  private static final int MOST = 10_000;
  private static final byte[] BETWEEN = {0};

  private final Clock clock;
  private final SecretKeySpec secret;
  private final Map<String, Trouble> troubles = Newest.map(MOST);
  private final Map<String, Running> running = Newest.map(MOST);
  private final Set<String> damped = Newest.of(MOST);

  Storms(Clock clock) {
    this.clock = clock;
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    this.secret = Hmac.key(random);
  }

  /**
   * Attempts that failed.
   *
   * @param callSid the last one
   * @param since when the first failed
   * @param until when whoever comes is let through again
   */
  private record Trouble(String callSid, Instant since, Instant until) {}

  /** A call that is being registered. */
  private record Running(String callSid, Instant since) {}

  /** Whether a call is the repetition of another; if not, its registration begins. */
  synchronized boolean catches(Call call) {
    String key = key(call.from(), call.to());
    if (key == null) {
      return false;
    }
    Instant now = clock.instant();
    Trouble trouble = active(key, now);
    if (trouble != null && !trouble.callSid.equals(call.sid())) {
      damped.add(call.sid());
      fail(key, call.sid(), now);
      return true;
    }
    if (isStillRegistering(key, call.sid(), now)) {
      damped.add(call.sid());
      return true;
    }
    running.merge(
        key,
        new Running(call.sid(), now),
        (first, then) -> first.since.plus(ANSWERED).isBefore(now) ? then : first);
    return false;
  }

  /** A call's hook was answered, so that its registration is over. */
  synchronized void answered(Call call) {
    String key = key(call.from(), call.to());
    Running first = key == null ? null : running.get(key);
    if (first != null && first.callSid.equals(call.sid())) {
      running.remove(key);
    }
  }

  /** A call failed. That of an attempt that was damped itself makes no new trouble. */
  synchronized void failed(String callSid, Party from, Party to) {
    String key = key(from, to);
    Instant now = clock.instant();
    if (key != null && (!damped.contains(callSid) || active(key, now) != null)) {
      fail(key, callSid, now);
    }
  }

  private void fail(String key, String callSid, Instant now) {
    Trouble before = active(key, now);
    Instant since = before == null ? now : before.since;
    Instant latest = since.plus(LONGEST);
    Instant until = now.plus(WINDOW);
    troubles.put(key, new Trouble(callSid, since, until.isBefore(latest) ? until : latest));
  }

  /** None that a clock which was set back makes a coming one. */
  private @Nullable Trouble active(String key, Instant now) {
    Trouble trouble = troubles.get(key);
    return trouble != null && !now.isBefore(trouble.since) && now.isBefore(trouble.until)
        ? trouble
        : null;
  }

  private boolean isStillRegistering(String key, String callSid, Instant now) {
    Running first = running.get(key);
    return first != null
        && !first.callSid.equals(callSid)
        && first.since.plus(SLOW).isBefore(now)
        && now.isBefore(first.since.plus(ANSWERED));
  }

  /** No number stays in memory. */
  private @Nullable String key(Party from, Party to) {
    return from.anonymous()
        ? null
        : HexFormat.of().formatHex(Hmac.of(secret, utf8(from), BETWEEN, utf8(to)));
  }

  private static byte[] utf8(Party party) {
    return party.received().getBytes(StandardCharsets.UTF_8);
  }
}
