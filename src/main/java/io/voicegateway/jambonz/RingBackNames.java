package io.voicegateway.jambonz;

import io.voicegateway.call.Call;
import io.voicegateway.call.Hmac;
import io.voicegateway.call.Ladder;
import io.voicegateway.project.SipSettings;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Names ring-backs. Jambonz posts a hook again that was not answered, perhaps to another gateway:
 * the same hook gives the same name, so that both legs would show the same token and meet in the
 * same conference. A call has a ladder left that is shorter each time, so that its next ring-back
 * has another name. Without our key none can be guessed.
 */
@Component
final class RingBackNames {

  private static final int BYTES = 16;

  private final SecretKeySpec key;

  RingBackNames(SipSettings sip, JambonzSettings jambonz) {
    key = Seal.key(sip, jambonz, "ring-back name");
  }

  /** 32 hex digits. */
  String of(Call call, Ladder otherwise) {
    byte[] code = Hmac.of(key, utf8(call.sid()), utf8("\n"), utf8(otherwise.toString()));
    return HexFormat.of().formatHex(Arrays.copyOf(code, BYTES));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
