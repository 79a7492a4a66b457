package io.voicegateway.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.voicegateway.livekit.routing.Credentials;
import io.voicegateway.livekit.routing.Invite;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The leg that a dial verb sends to LiveKit. */
final class SandboxDial {

  private static final String SBC = "192.0.2.20";
  private static final int JAMBONZ_TIMEOUT = 60;

  /** Is told of every change of the leg. */
  interface Statuses {
    void post(String callStatus, int sipStatus, String leg) throws InterruptedException;
  }

  private final SandboxLiveKit livekit;
  private final SandboxJambonz.PhoneCall phone;
  private final Statuses statuses;
  private final String sid = UUID.randomUUID().toString();
  private final BlockingQueue<LegEvent> events = new LinkedBlockingQueue<>();

  private @Nullable PhoneLeg leg;
  private DialResult result = new DialResult("failed", 500, "jambonz");

  SandboxDial(SandboxLiveKit livekit, SandboxJambonz.PhoneCall phone, Statuses statuses) {
    this.livekit = livekit;
    this.phone = phone;
    this.statuses = statuses;
  }

  /** Dials and waits until LiveKit answers or refuses, or the dial's time is over. */
  boolean isAnswered(JsonNode dial, JsonNode target) throws InterruptedException {
    statuses.post("trying", 100, sid);
    leg = livekit.invite(invite(dial, target), headers(dial), events::add);
    Instant until = Instant.now().plusSeconds(dial.path("timeout").asLong(JAMBONZ_TIMEOUT));
    boolean rings = false;
    for (LegEvent event = next(until); event != null; event = next(until)) {
      if (event.kind() == LegEvent.Kind.ANSWERED) {
        statuses.post("in-progress", 200, sid);
        return true;
      }
      if (event.kind() == LegEvent.Kind.REFUSED) {
        return failed(event.code() == 486 ? "busy" : "failed", event.code(), "livekit");
      }
      if (event.code() == 180 && !rings) {
        rings = true;
        statuses.post("ringing", 180, sid);
      }
    }
    leg.hangUp();
    return failed("no-answer", 487, "jambonz");
  }

  /** What became of a dial that was not answered. */
  DialResult failure() {
    return result;
  }

  /** Lets them talk until the caller has had enough or LiveKit hangs up. */
  DialResult talk() throws InterruptedException {
    LegEvent bye = next(Instant.now().plus(phone.talk()));
    if (bye == null && leg != null) {
      leg.hangUp();
    }
    statuses.post("completed", 200, sid);
    return new DialResult("completed", 200, bye == null ? "caller" : "livekit");
  }

  private boolean failed(String status, int code, String by) throws InterruptedException {
    statuses.post(status, code, sid);
    result = new DialResult(status, code, by);
    return false;
  }

  private @Nullable LegEvent next(Instant until) throws InterruptedException {
    long patience = Math.max(0, Duration.between(Instant.now(), until).toMillis());
    return events.poll(patience, TimeUnit.MILLISECONDS);
  }

  private Invite invite(JsonNode dial, JsonNode target) {
    String uri = target.path("sipUri").asText().replaceFirst("^sips?:", "");
    String user = uri.substring(0, Math.max(0, uri.indexOf('@')));
    Invite invite = Invite.of(dial.path("callerId").asText(phone.from()), user, SBC);
    JsonNode auth = target.path("auth");
    return auth.isMissingNode()
        ? invite
        : invite.withCredentials(
            Credentials.of(auth.path("username").asText(), auth.path("password").asText()));
  }

  private static Map<String, String> headers(JsonNode dial) {
    Map<String, String> headers = new HashMap<>();
    dial.path("headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
    return headers;
  }
}
