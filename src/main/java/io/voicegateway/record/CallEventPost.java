package io.voicegateway.record;

import io.voicegateway.call.Hmac;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HexFormat;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/** Signs call events that are posted to a web address. */
@Component("callEventPost")
final class CallEventPost {

  private final Clock clock;
  private final String secret;

  CallEventPost(Clock clock, CallEventSettings settings) {
    this.clock = clock;
    this.secret = settings.secret();
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
