package io.voicegateway.jambonz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.voicegateway.call.Hmac;
import io.voicegateway.project.SipSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Closes what is given to Jambonz or LiveKit to carry, with a key that all instances have: nobody
 * else can read it, or write one of his own. The same content gives the same text, as the same hook
 * must give the same answer.
 */
final class Seal {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final String CIPHER = "AES/GCM/NoPadding";

  /** Who does it in this Java: looked for once, not for each seal. */
  private static final Provider PROVIDER = provider();

  private final SecretKeySpec key;
  private final SecretKeySpec nonceKey;

  /**
   * @param purpose what was sealed for one purpose does not open for another
   */
  Seal(SipSettings sip, JambonzSettings jambonz, String purpose) {
    String secret = secret(sip, jambonz);
    key = new SecretKeySpec(derived(secret, purpose), "AES");
    nonceKey = Hmac.key(derived(secret, purpose + " nonce"));
  }

  /** A key for codes, which all instances have. */
  static SecretKeySpec key(SipSettings sip, JambonzSettings jambonz, String purpose) {
    return Hmac.key(derived(secret(sip, jambonz), purpose));
  }

  private static String secret(SipSettings sip, JambonzSettings jambonz) {
    // not the webhook secrets where it can be helped: they change while calls are under way
    return sip.password().isEmpty() ? String.join("", jambonz.webhookSecrets()) : sip.password();
  }

  /** Letters, digits, {@code -} and {@code _}: fit for an address and for a SIP header. */
  String close(Object content) {
    try {
      byte[] plain = JSON.writeValueAsBytes(content);
      byte[] nonce = Arrays.copyOf(Hmac.of(nonceKey, plain), NONCE);
      byte[] cipher = aes(Cipher.ENCRYPT_MODE, nonce, plain);
      byte[] all = Arrays.copyOf(nonce, NONCE + cipher.length);
      System.arraycopy(cipher, 0, all, NONCE, cipher.length);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    } catch (JsonProcessingException | GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java can do this", impossible);
    }
  }

  /** Nothing for a text that was not sealed by one of ours for this purpose. */
  <T> Optional<T> open(@Nullable String sealed, Class<T> kind) {
    if (sealed == null) {
      return Optional.empty();
    }
    try {
      byte[] all = Base64.getUrlDecoder().decode(sealed);
      if (all.length <= NONCE) {
        return Optional.empty();
      }
      byte[] cipher = Arrays.copyOfRange(all, NONCE, all.length);
      byte[] plain = aes(Cipher.DECRYPT_MODE, Arrays.copyOf(all, NONCE), cipher);
      return Optional.of(JSON.readValue(plain, kind));
    } catch (GeneralSecurityException | IllegalArgumentException | IOException notOurs) {
      return Optional.empty();
    }
  }

  private byte[] aes(int mode, byte[] nonce, byte[] text) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER, PROVIDER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    return cipher.doFinal(text);
  }

  private static Provider provider() {
    try {
      return Cipher.getInstance(CIPHER).getProvider();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java can do this", impossible);
    }
  }

  private static byte[] derived(String secret, String purpose) {
    return Hmac.of(
        Hmac.key(secret.isEmpty() ? "sandbox" : secret), purpose.getBytes(StandardCharsets.UTF_8));
  }
}
