package io.voicegateway;

import io.voicegateway.sandbox.SandboxLiveKit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Says that the gateway serves, and with what. */
@Component
class StartLine {

  private static final Logger log = LoggerFactory.getLogger(StartLine.class);

  private final ObjectProvider<BuildProperties> build;
  private final ObjectProvider<SandboxLiveKit> sandbox;
  private final Environment environment;

  StartLine(
      ObjectProvider<BuildProperties> build,
      ObjectProvider<SandboxLiveKit> sandbox,
      Environment environment) {
    this.build = build;
    this.sandbox = sandbox;
    this.environment = environment;
  }

  @EventListener
  void onReady(ApplicationReadyEvent ready) {
    BuildProperties properties = build.getIfAvailable();
    log.info(
        "Gateway {} serves after {} ms: call hook on port {}, management on {}:{}",
        properties == null ? "unbuilt" : properties.getVersion(),
        ready.getTimeTaken().toMillis(),
        environment.getProperty("local.gateway.port"),
        environment.getProperty("server.address"),
        environment.getProperty("local.server.port"));
    if (sandbox.getIfAvailable() != null) {
      log.warn("Calls go to the built-in sandbox: LIVEKIT_URL would choose a real LiveKit");
    }
  }
}
