package io.voicegateway.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.voicegateway.livekit.routing.Credentials;
import io.voicegateway.livekit.routing.Invite;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** LiveKit, as a dial verb calls it. */
final class LiveKitCallee implements Callee {

  private static final String SBC = "192.0.2.20";

  private final SandboxLiveKit livekit;
  private final JsonNode dial;
  private final String from;
  private @Nullable PhoneLeg leg;

  /**
   * @param from the caller's number, where the verb names none
   */
  LiveKitCallee(SandboxLiveKit livekit, JsonNode dial, String from) {
    this.livekit = livekit;
    this.dial = dial;
    this.from = from;
  }

  @Override
  public void call(Consumer<LegEvent> events) {
    leg = livekit.invite(invite(dial.path("target").path(0)), headers(), events);
  }

  @Override
  public void hangUp() {
    if (leg != null) {
      leg.hangUp();
    }
  }

  private Invite invite(JsonNode target) {
    String uri = target.path("sipUri").asText().replaceFirst("^sips?:", "");
    String user = uri.substring(0, Math.max(0, uri.indexOf('@')));
    Invite invite = Invite.of(dial.path("callerId").asText(from), user, SBC);
    JsonNode auth = target.path("auth");
    return auth.isMissingNode()
        ? invite
        : invite.withCredentials(
            Credentials.of(auth.path("username").asText(), auth.path("password").asText()));
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new HashMap<>();
    dial.path("headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
    return headers;
  }
}
