package io.voicegateway.sandbox;

import java.net.URI;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Once the gateway serves, the sandbox tells it what happens in the rooms, as a LiveKit does. */
@Component
class SandboxWebhooks {

  private final ObjectProvider<SandboxLiveKit> sandbox;
  private final Environment environment;

  SandboxWebhooks(ObjectProvider<SandboxLiveKit> sandbox, Environment environment) {
    this.sandbox = sandbox;
    this.environment = environment;
  }

  @EventListener(ApplicationReadyEvent.class)
  void start() {
    String port = environment.getProperty("local.gateway.port");
    sandbox.ifAvailable(
        livekit -> livekit.webhooksTo(URI.create("http://127.0.0.1:" + port + "/livekit-events")));
  }
}
