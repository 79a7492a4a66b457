package io.voicegateway.operator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lets operators in by HTTP basic. */
@Component("operatorLogin")
public final class OperatorLogin {

  /** What whoever comes without the login is asked for. */
  public static final String CHALLENGE = "Basic realm=\"gateway\", charset=\"UTF-8\"";

  private static final String SCHEME = "basic ";

  private final OperatorSettings settings;
  private final byte[] expected;

  OperatorLogin(OperatorSettings settings) {
    this.settings = settings;
    this.expected =
        digest((settings.user() + ":" + settings.password()).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Lets whoever logged in pass, and everybody in a sandbox without a password.
   *
   * @param full true when whole numbers are asked for, which only a login gives
   * @throws Refusal for everybody else
   */
  public void check(
      @Header("Authorization") @Nullable String authorization,
      @Header("full") @Nullable String full) {
    if (settings.password().isEmpty()) {
      if (!settings.open() || "true".equals(full)) {
        throw new Refusal(
            403, "Nobody may see this before OPS_PASSWORD is set: set it and start again.");
      }
      return;
    }
    if (!MessageDigest.isEqual(expected, digest(login(authorization)))) {
      throw new Refusal(401, "Wrong user or password: they are OPS_USER and OPS_PASSWORD.");
    }
  }

  /** The name of whoever is let in. */
  public String user() {
    return settings.user();
  }

  private static byte[] login(@Nullable String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return new byte[0];
    }
    try {
      return Base64.getDecoder().decode(authorization.substring(SCHEME.length()).strip());
    } catch (IllegalArgumentException noBase64) {
      return new byte[0];
    }
  }

  /** Of equal length whatever was sent, so that the comparison takes the same time. */
  private static byte[] digest(byte[] login) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(login);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
