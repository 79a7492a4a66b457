package io.voicegateway.operator;

import java.io.IOException;
import java.nio.file.Path;
import org.springframework.stereotype.Component;

/** The operator's password: that of the settings, else one that is made at the first start. */
@Component
public final class OperatorPassword {

  private static final String DEFAULT_USER = "ops";

  private final String user;
  private final Path file;
  private final String password;
  private final Origin origin;

  /** Where it comes from. */
  private enum Origin {
    SETTINGS,
    FILE,
    MADE,
    MADE_FOR_THIS_RUN
  }

  OperatorPassword(OperatorSettings settings) {
    user = settings.user();
    file = settings.passwordFile();
    if (!settings.password().isEmpty()) {
      password = settings.password();
      origin = Origin.SETTINGS;
      return;
    }
    String made = KeptPassword.make();
    String kept = keep(made);
    password = kept.isEmpty() ? made : kept;
    origin =
        kept.isEmpty() ? Origin.MADE_FOR_THIS_RUN : kept.equals(made) ? Origin.MADE : Origin.FILE;
  }

  /** Empty when it cannot be kept. */
  private String keep(String made) {
    try {
      return KeptPassword.keep(file, made);
    } catch (IOException notKept) {
      return "";
    }
  }

  String password() {
    return password;
  }

  /** By what an operator logs in, for whoever failed to. */
  public String whereabouts() {
    return switch (origin) {
      case SETTINGS -> "OPS_USER and OPS_PASSWORD";
      case FILE, MADE ->
          "OPS_USER (%s without it) and the password in %s".formatted(DEFAULT_USER, file);
      case MADE_FOR_THIS_RUN ->
          "OPS_USER (%s without it) and the password that the gateway showed at its start"
              .formatted(DEFAULT_USER);
    };
  }

  /**
   * What the operator is told of it at the start, and nobody else: a password that was made now is
   * shown this once. Nothing when he set it himself.
   */
  public String notice() {
    return switch (origin) {
      case SETTINGS -> "";
      case FILE -> "Login: user %s, password in %s".formatted(user, file);
      case MADE -> "Login: user %s, password %s (kept in %s)".formatted(user, password, file);
      case MADE_FOR_THIS_RUN ->
          "Login: user %s, password %s (until the next start: %s cannot be written)"
              .formatted(user, password, file);
    };
  }
}
