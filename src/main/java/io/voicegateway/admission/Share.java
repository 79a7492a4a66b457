package io.voicegateway.admission;

import io.voicegateway.call.Call;
import io.voicegateway.call.Hmac;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.crypto.spec.SecretKeySpec;

/**
 * Who of a number's callers is in the agent's share: the same caller always is, in every gateway
 * and after a restart, and stays in it when the share grows.
 */
final class Share {

  /** Not a secret: all gateways, and all versions of them, must draw the same lots. */
  private static final SecretKeySpec LOTS = Hmac.key("the agent's share of callers");

  private static final byte[] BETWEEN = {0};
  private static final int WHOLE = 100;

  private Share() {}

  static boolean includes(Call call) {
    return call.plan().limits().isForEverybody() || lot(call) < call.plan().limits().agentShare();
  }

  /** From 0 to 99. Callers without a number cannot be told apart: each of their calls draws one. */
  private static int lot(Call call) {
    String caller = call.person().anonymous() ? call.sid() : call.person().number();
    byte[] code = Hmac.of(LOTS, utf8(caller), BETWEEN, utf8(call.ownNumber().number()));
    return Integer.remainderUnsigned(ByteBuffer.wrap(code).getInt(), WHOLE);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
