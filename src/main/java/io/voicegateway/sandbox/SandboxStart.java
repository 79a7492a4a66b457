package io.voicegateway.sandbox;

import io.voicegateway.project.Project;
import io.voicegateway.project.ProjectSettings;
import io.voicegateway.project.SettingNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import livekit.LivekitSip.SIPDispatchRule;
import livekit.LivekitSip.SIPDispatchRuleCallee;
import livekit.LivekitSip.SIPDispatchRuleInfo;
import livekit.LivekitSip.SIPInboundTrunkInfo;
import livekit.LivekitSip.SIPOutboundTrunkInfo;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Where no LiveKit is set, starts one in this process and sets it: the gateway then talks to it
 * over HTTP as to a real one. It stands for all projects, so that nothing real is touched.
 */
public final class SandboxStart
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  private static final String OUTBOUND = "ST_outbound";
  private static final List<String> OF_A_PROJECT =
      List.of(
          "LIVEKIT_URL",
          "LIVEKIT_API_KEY",
          "LIVEKIT_API_SECRET",
          "LIVEKIT_SIP_URI",
          "LIVEKIT_SIP_USERNAME",
          "LIVEKIT_SIP_PASSWORD",
          "LIVEKIT_OUTBOUND_TRUNK");
  private static final List<String> OF_A_JAMBONZ =
      List.of("JAMBONZ_API_URL", "JAMBONZ_API_KEY", "JAMBONZ_WEBHOOK_SECRET");
  private static final String URL = "gateway.livekit.url";

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    ConfigurableEnvironment environment = context.getEnvironment();
    if (!environment.getProperty(URL, "").isBlank()) {
      return;
    }
    SandboxEvents events = new SandboxEvents();
    String secret = Ids.random(40);
    SandboxLiveKit livekit = start(secret, events);
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put(URL, livekit.url());
    settings.put("gateway.jambonz.unsigned-allowed", true);
    settings.put("gateway.livekit.api-key", "sandbox");
    settings.put("gateway.livekit.api-secret", secret);
    settings.put("gateway.sip.uri", or(environment, "gateway.sip.uri", "sandbox.invalid"));
    settings.put("gateway.sip.username", or(environment, "gateway.sip.username", "sandbox"));
    settings.put("gateway.sip.password", or(environment, "gateway.sip.password", Ids.random(20)));
    settings.put("gateway.outbound.trunk", or(environment, "gateway.outbound.trunk", OUTBOUND));
    for (String name : ProjectSettings.names(environment)) {
      settings.putAll(likeTheFirst(name, settings));
    }
    environment.getPropertySources().addFirst(new MapPropertySource("sandbox", settings));
    openTo(livekit, settings);
    GenericApplicationContext beans = (GenericApplicationContext) context;
    beans.registerBean(SandboxLiveKit.class, () -> livekit);
    beans.registerBean(SandboxEvents.class, () -> events);
  }

  /** What a listed project has in common with the first, and that no Jambonz is its own. */
  private static Map<String, Object> likeTheFirst(String name, Map<String, Object> first) {
    SettingNames names = new SettingNames(name);
    Map<String, Object> settings = new LinkedHashMap<>();
    OF_A_PROJECT.forEach(
        variable ->
            settings.put(
                names.property(variable), first.get(SettingNames.STANDARD.property(variable))));
    if (!name.equals(Project.STANDARD)) {
      OF_A_JAMBONZ.forEach(variable -> settings.put(names.property(variable), ""));
    }
    return settings;
  }

  private static SandboxLiveKit start(String secret, SandboxEvents events) {
    try {
      return SandboxLiveKit.start(0, "sandbox", secret, events);
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
  }

  /** The trunk and the rule that a real LiveKit needs too. */
  private static void openTo(SandboxLiveKit livekit, Map<String, Object> settings) {
    SIPInboundTrunkInfo trunk =
        SIPInboundTrunkInfo.newBuilder()
            .setSipTrunkId("ST_sandbox")
            .setName("sandbox")
            .setAuthUsername(String.valueOf(settings.get("gateway.sip.username")))
            .setAuthPassword(String.valueOf(settings.get("gateway.sip.password")))
            .putHeadersToAttributes("X-Gateway-Call-Sid", "gateway.call_sid")
            .putHeadersToAttributes("X-Gateway-From", "gateway.from")
            .putHeadersToAttributes("X-Gateway-To", "gateway.to")
            .build();
    SIPDispatchRuleInfo rule =
        SIPDispatchRuleInfo.newBuilder()
            .setSipDispatchRuleId("SDR_sandbox")
            .setName("sandbox")
            .addTrunkIds(trunk.getSipTrunkId())
            .setRule(
                SIPDispatchRule.newBuilder()
                    .setDispatchRuleCallee(SIPDispatchRuleCallee.getDefaultInstance()))
            .build();
    livekit.store(trunk);
    livekit.store(
        SIPOutboundTrunkInfo.newBuilder()
            .setSipTrunkId(OUTBOUND)
            .setName("sandbox")
            .setAddress(SandboxJambonz.HOST)
            .addNumbers("anonymous")
            .build());
    livekit.store(rule);
  }

  private static String or(ConfigurableEnvironment environment, String name, String otherwise) {
    String set = environment.getProperty(name, "");
    return set.isBlank() ? otherwise : set;
  }
}
