package io.voicegateway.record;

import io.voicegateway.call.Hmac;
import io.voicegateway.call.record.CallChange;
import io.voicegateway.call.record.CallChanges;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HexFormat;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Hands the changes of calls to the operator's route, and signs what that route posts. */
@Component("callEventPost")
final class CallEventPost implements CallChanges {

  private static final Logger log = LoggerFactory.getLogger(CallEventPost.class);
  private static final String QUEUE = "seda:call-events?size=10000&discardWhenFull=true";

  private final ProducerTemplate routes;
  private final Clock clock;
  private final String secret;

  CallEventPost(
      ProducerTemplate routes, Clock clock, @Value("${gateway.call-events.secret}") String secret) {
    this.routes = routes;
    this.clock = clock;
    this.secret = secret;
  }

  @Override
  public void changed(CallChange change) {
    try {
      routes.sendBody(QUEUE, change);
    } catch (RuntimeException noRoute) {
      log.warn("call={} a call event could not be handed on", change.call().callSid());
    }
  }

  /**
   * Signs a post as Jambonz signs its own: {@code Gateway-Signature: t=<unix seconds>,v1=<hex>},
   * the hex digits being HMAC-SHA256 over {@code <t>.<body>}. Without a secret it stays unsigned.
   */
  void sign(@Body byte[] body, Exchange exchange) {
    if (secret.isEmpty()) {
      return;
    }
    long now = clock.instant().getEpochSecond();
    byte[] code = Hmac.of(Hmac.key(secret), (now + ".").getBytes(StandardCharsets.UTF_8), body);
    exchange
        .getMessage()
        .setHeader("Gateway-Signature", "t=" + now + ",v1=" + HexFormat.of().formatHex(code));
  }
}
