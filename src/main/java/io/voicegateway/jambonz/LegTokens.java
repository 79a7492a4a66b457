package io.voicegateway.jambonz;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.voicegateway.call.Call;
import io.voicegateway.call.Newest;
import io.voicegateway.call.Placement;
import io.voicegateway.call.RingBack;
import io.voicegateway.call.record.UsedTokens;
import io.voicegateway.project.SipSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What a leg from LiveKit shows to be let in: each leg that we ask LiveKit for gets a text of its
 * own in a SIP header. It holds for one leg at all gateways that share a database, or at each of
 * them while that does not answer, and for moments only.
 */
@Component("legTokens")
final class LegTokens {

  /** From the request to LiveKit, which calls at once, to the INVITE at Jambonz. */
  private static final Duration ON_THE_WAY = Duration.ofSeconds(15);

  private static final int MOST = 20_000;

  private final Seal seal;
  private final UsedTokens everywhere;
  private final Clock clock;

  /** The leg that used the token of each attempt. */
  private final Map<String, String> used = Newest.map(MOST);

  LegTokens(SipSettings sip, JambonzSettings jambonz, UsedTokens everywhere, Clock clock) {
    this.seal = new Seal(sip, jambonz, "leg token");
    this.everywhere = everywhere;
    this.clock = clock;
  }

  /**
   * What the leg is for.
   *
   * @param callSid the call that it belongs to
   * @param attempt the leg's name, and its conference's
   * @param until epoch milliseconds after which it is not let in
   * @param longestSeconds how long it may last
   * @param person whom Jambonz is to call for it; null when its caller waits
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Errand(
      String callSid, String attempt, long until, int longestSeconds, @Nullable Person person) {

    /** Whether the leg is for a person who is yet to be called. */
    @JsonIgnore
    public boolean isForPerson() {
      return person != null;
    }
  }

  /**
   * Whom Jambonz is to call.
   *
   * @param ringSeconds how long it may ring there
   */
  record Person(Placement.Kind kind, String target, String callerId, int ringSeconds) {}

  /** The token of the leg by which LiveKit rings back. */
  String of(@ExchangeProperty("ringBack") RingBack ringBack) {
    return token(ringBack.call(), ringBack.attempt(), null);
  }

  /** The token of the leg by which a person is called. */
  String toPerson(@ExchangeProperty("placement") Placement placement) {
    Person person =
        new Person(
            placement.kind(),
            placement.target(),
            placement.callerId(),
            (int) placement.ring().toSeconds());
    return token(placement.call(), placement.attempt(), person);
  }

  private String token(Call call, String attempt, @Nullable Person person) {
    Instant until = clock.instant().plus(ON_THE_WAY);
    return seal.close(
        new Errand(
            call.sid(), attempt, until.toEpochMilli(), call.plan().longestSeconds(), person));
  }

  /** What the leg was for whose dial to a person ended; sealed into that dial's hook. */
  String sealed(Errand errand) {
    return seal.close(errand);
  }

  /** The same, opened; however late. */
  Errand opened(@Header("then") @Nullable String sealed) {
    return seal.open(sealed, Errand.class)
        .orElseThrow(() -> new UntrustedHook("the end of a dial that is not ours"));
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
    if (clock.millis() > errand.until()) {
      throw new UntrustedHook("a leg that comes too late");
    }
    if (!isFirst(errand.attempt(), String.valueOf(leg.callSid()))) {
      throw new UntrustedHook("a second leg with the token of another one");
    }
    return errand;
  }

  /** A hook that is posted again is still the same leg's. */
  private boolean isFirst(String attempt, String legSid) {
    String before = used.putIfAbsent(attempt, legSid);
    String first = before == null ? everywhere.firstLeg(attempt, legSid).orElse(legSid) : before;
    used.put(attempt, first);
    return first.equals(legSid);
  }
}
