package io.voicegateway.call;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256, with which Jambonz signs its hooks and we sign ours, and make keys and nonces. */
public final class Hmac {

  private static final String ALGORITHM = "HmacSHA256";

  /** To look for one takes as long as a short code. */
  private static final ThreadLocal<Mac> MAC = ThreadLocal.withInitial(Hmac::mac);

  private Hmac() {}

  /** A key of the secret's bytes. */
  public static SecretKeySpec key(byte[] secret) {
    return new SecretKeySpec(secret, ALGORITHM);
  }

  /** A secret as text is used by its UTF-8 bytes. */
  public static SecretKeySpec key(String secret) {
    return key(secret.getBytes(StandardCharsets.UTF_8));
  }

  /** The code over all parts, one after the other. */
  public static byte[] of(SecretKeySpec key, byte[]... parts) {
    try {
      Mac mac = MAC.get();
      mac.init(key);
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (InvalidKeyException impossible) {
      throw new IllegalStateException("every key of bytes will do", impossible);
    }
  }

  private static Mac mac() {
    try {
      return Mac.getInstance(ALGORITHM);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has " + ALGORITHM, impossible);
    }
  }
}
