package io.voicegateway.call;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Names the attempt to call a person: 32 hex digits, which cannot be guessed. */
public final class AttemptName {

  private static final int BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private AttemptName() {}

  /** One that no other attempt has. */
  public static String next() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
