package io.voicegateway;

import java.io.IOException;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.springframework.test.context.DynamicPropertyRegistry;

/** A Jambonz whose REST API a gateway asks about calls; each test says what it answers. */
final class JambonzCalls {

  private JambonzCalls() {}

  /** Starts it and sets a gateway's settings to it. */
  static void start(MockWebServer jambonz, DynamicPropertyRegistry properties) throws IOException {
    jambonz.start();
    properties.add("gateway.jambonz-api.url", () -> jambonz.url("/v1").toString());
    properties.add("gateway.jambonz-api.account-sid", () -> "account-1");
    properties.add("gateway.jambonz-api.key", () -> "key-of-the-account");
  }

  static MockResponse answer(int status) {
    return new MockResponse.Builder().code(status).build();
  }
}
