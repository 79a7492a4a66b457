package io.voicegateway.jambonz;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.voicegateway.call.Newest;
import io.voicegateway.call.RingBack;
import io.voicegateway.call.record.CallEvent.LegArrived;
import io.voicegateway.call.record.CallHistory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.springframework.stereotype.Component;

/**
 * What a leg from LiveKit shows to be let in: each leg that we ask LiveKit for gets a text of its
 * own in a SIP header. It holds for one leg, and no longer than that leg may ring.
 */
@Component("legTokens")
final class LegTokens {

  /** From the request to LiveKit to the INVITE at Jambonz. */
  private static final Duration ON_THE_WAY = Duration.ofSeconds(5);

  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int MOST = 20_000;

  private final Seal seal;
  private final CallHistory history;
  private final Clock clock;

  /** The leg that used the token of each attempt. */
  private final Map<String, String> used = Newest.map(MOST);

  LegTokens(SipSettings sip, JambonzSettings jambonz, CallHistory history, Clock clock) {
    this.seal = new Seal(sip, jambonz, "leg token");
    this.history = history;
    this.clock = clock;
  }

  /**
   * What the leg is for.
   *
   * @param callSid the call that it belongs to
   * @param attempt names the conference in which its caller will be
   * @param until epoch milliseconds after which it is not let in
   * @param longestSeconds how long it may last
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Errand(String callSid, String attempt, long until, int longestSeconds) {}

  /** The token of the leg by which LiveKit rings back. */
  String of(@ExchangeProperty("ringBack") RingBack ringBack) {
    Instant until = clock.instant().plus(ringBack.patience()).plus(ON_THE_WAY);
    return seal.close(
        new Errand(
            ringBack.call().sid(),
            ringBack.attempt(),
            until.toEpochMilli(),
            ringBack.call().plan().longestSeconds()));
  }

  /**
   * Lets a leg in.
   *
   * @throws UntrustedHook when we did not ask for it, or for another one in its place
   */
  Errand errand(@Body CallHook leg) {
    Errand errand =
        seal.open(leg.sipHeader(RingBack.HEADER), Errand.class)
            .orElseThrow(() -> new UntrustedHook("a leg that LiveKit was not asked for"));
    Instant now = clock.instant();
    if (now.toEpochMilli() > errand.until()) {
      throw new UntrustedHook("a leg that comes too late");
    }
    if (!isFirst(errand, String.valueOf(leg.callSid()), now)) {
      throw new UntrustedHook("a second leg with the token of another one");
    }
    return errand;
  }

  /** A hook that is posted again is still the same leg's. */
  private boolean isFirst(Errand errand, String legSid, Instant now) {
    String before = used.putIfAbsent(errand.attempt(), legSid);
    return before == null
        ? !history.heardOf(errand.callSid(), LegArrived.key(errand.attempt()), now.minus(LONGEST))
        : before.equals(legSid);
  }
}
