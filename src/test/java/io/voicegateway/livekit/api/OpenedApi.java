package io.voicegateway.livekit.api;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;

/** LiveKit's API, opened for a test. */
public record OpenedApi(LiveKitApi api, AccessTokens tokens, RoomRequests rooms, SipRequests sip)
    implements AutoCloseable {

  public static OpenedApi to(String url, String key, String secret) {
    return to(new LiveKitSettings(url, key, secret, Duration.ofSeconds(2), null));
  }

  static OpenedApi to(LiveKitSettings settings) {
    LiveKitApi api = new LiveKitApi(settings, new RateGuard(settings, new SimpleMeterRegistry()));
    AccessTokens tokens = new AccessTokens(settings, Clock.systemUTC());
    return new OpenedApi(api, tokens, new RoomRequests(api, tokens), new SipRequests(api, tokens));
  }

  @Override
  public void close() {
    api.close();
  }
}
