package io.voicegateway.livekit.api;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.voicegateway.project.LiveKitSettings;
import io.voicegateway.project.SharedThreads;
import io.voicegateway.project.TestProjects;
import java.time.Clock;
import java.time.Duration;

/** LiveKit's API, opened for a test. */
public record OpenedApi(LiveKits livekits) implements AutoCloseable {

  public static OpenedApi to(String url, String key, String secret) {
    return to(new LiveKitSettings(url, key, secret, Duration.ofSeconds(2), null));
  }

  static OpenedApi to(LiveKitSettings settings) {
    return to(settings, new SharedThreads(64, 64));
  }

  public static OpenedApi to(LiveKitSettings settings, SharedThreads threads) {
    return new OpenedApi(
        new LiveKits(
            TestProjects.at(settings), threads, new SimpleMeterRegistry(), Clock.systemUTC()));
  }

  public LiveKitApi api() {
    return livekits.standard().api();
  }

  public AccessTokens tokens() {
    return livekits.standard().tokens();
  }

  public RoomRequests rooms() {
    return livekits.standard().rooms();
  }

  public SipRequests sip() {
    return livekits.standard().sip();
  }

  @Override
  public void close() {
    livekits.close();
  }
}
