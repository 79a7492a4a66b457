package io.voicegateway;

import io.voicegateway.sandbox.SandboxLiveKit;
import io.voicegateway.sandbox.SandboxWorker;
import java.io.IOException;
import java.time.Duration;
import livekit.LivekitSip.SIPDispatchRule;
import livekit.LivekitSip.SIPDispatchRuleCallee;
import livekit.LivekitSip.SIPDispatchRuleInfo;
import livekit.LivekitSip.SIPInboundTrunkInfo;
import livekit.LivekitSip.SIPOutboundTrunkInfo;
import org.springframework.test.context.DynamicPropertyRegistry;

/**
 * Two LiveKits behind one gateway: that of the environment variables, and project {@code b}, whose
 * agents and logins are others. Beside them the projects {@code down}, where nothing listens, and
 * {@code rare}, which is the first LiveKit with one request a minute.
 */
final class TwoLiveKits implements AutoCloseable {

  static final String AGENT = "voice-agent";
  static final String AGENT_OF_B = "agent-of-b";
  static final String JAMBONZ = "jambonz.example.test";
  static final String TRUNK_OF_B = "ST_outbound-b";

  static final String SECRET = "-secret-secret-secret-secret-secret-secret";

  final SandboxLiveKit a;
  final SandboxLiveKit b;

  private TwoLiveKits(SandboxLiveKit a, SandboxLiveKit b) {
    this.a = a;
    this.b = b;
  }

  static TwoLiveKits start() {
    try {
      return new TwoLiveKits(open("a", AGENT), open("b", AGENT_OF_B));
    } catch (IOException noPort) {
      throw new IllegalStateException(noPort);
    }
  }

  private static SandboxLiveKit open(String name, String agent) throws IOException {
    SandboxLiveKit livekit = SandboxLiveKit.start(0, "key-" + name, name + SECRET, event -> {});
    livekit.register(SandboxWorker.slow(agent, Duration.ofMillis(20)));
    livekit.register(SandboxWorker.slow("own-agent", Duration.ofMillis(20)));
    livekit.store(
        SIPInboundTrunkInfo.newBuilder()
            .setSipTrunkId("ST_inbound-" + name)
            .setAuthUsername("user-" + name)
            .setAuthPassword("password-" + name)
            .build());
    livekit.store(
        SIPOutboundTrunkInfo.newBuilder()
            .setSipTrunkId("ST_outbound-" + name)
            .setAddress(JAMBONZ)
            .addNumbers("anonymous")
            .build());
    livekit.store(
        SIPDispatchRuleInfo.newBuilder()
            .setSipDispatchRuleId("SDR_" + name)
            .addTrunkIds("ST_inbound-" + name)
            .setRule(
                SIPDispatchRule.newBuilder()
                    .setDispatchRuleCallee(SIPDispatchRuleCallee.getDefaultInstance()))
            .build());
    return livekit;
  }

  /** Sets a gateway's settings to all of them. */
  void set(DynamicPropertyRegistry properties) {
    project(properties, "gateway", "a", a.url());
    project(properties, "gateway.projects.b", "b", b.url());
    project(properties, "gateway.projects.down", "down", "http://127.0.0.1:1");
    project(properties, "gateway.projects.rare", "a", a.url());
    properties.add("gateway.projects.rare.livekit.requests-a-minute", () -> 1);
    properties.add("gateway.projects.b.agent", () -> AGENT_OF_B);
  }

  private static void project(
      DynamicPropertyRegistry properties, String prefix, String name, String url) {
    properties.add(prefix + ".livekit.url", () -> url);
    properties.add(prefix + ".livekit.api-key", () -> "key-" + name);
    properties.add(prefix + ".livekit.api-secret", () -> name + SECRET);
    properties.add(prefix + ".sip.uri", () -> "sip-" + name + ".example.test");
    properties.add(prefix + ".sip.username", () -> "user-" + name);
    properties.add(prefix + ".sip.password", () -> "password-" + name);
    properties.add(prefix + ".outbound.trunk", () -> "ST_outbound-" + name);
  }

  @Override
  public void close() {
    a.close();
    b.close();
  }
}
