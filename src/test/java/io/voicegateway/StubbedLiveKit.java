package io.voicegateway;

import java.io.IOException;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockWebServer;
import org.springframework.test.context.DynamicPropertyRegistry;

/** A LiveKit whose API answers as a test says. */
public final class StubbedLiveKit {

  private StubbedLiveKit() {}

  /** Starts it and sets a gateway's settings to it. */
  public static void start(
      MockWebServer livekit, Dispatcher answers, DynamicPropertyRegistry properties)
      throws IOException {
    livekit.setDispatcher(answers);
    livekit.start();
    properties.add("gateway.livekit.url", () -> livekit.url("/").toString());
    properties.add("gateway.livekit.api-key", () -> "key");
    properties.add("gateway.livekit.api-secret", () -> "secret-secret-secret-secret-secret");
    properties.add("gateway.jambonz.unsigned-allowed", () -> "true");
    properties.add("gateway.sip.uri", () -> "sip.example.test");
  }
}
