package io.voicegateway.operator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who may log in by a password: the operator and, where one is set, a viewer. */
@Component
final class Accounts {

  private final List<Known> all = new ArrayList<>();

  Accounts(OperatorSettings settings, OperatorPassword password) {
    add(settings.user(), password.password(), Account.Role.OPERATOR);
    if (!settings.viewerPassword().isEmpty()) {
      add(settings.viewerUser(), settings.viewerPassword(), Account.Role.VIEWER);
    }
  }

  private static final class Known {

    private final Account account;
    private final byte[] digest;

    Known(Account account, byte[] digest) {
      this.account = account;
      this.digest = digest;
    }
  }

  private void add(String user, String password, Account.Role role) {
    all.add(new Known(new Account(user, role), digest(user, password)));
  }

  /** Whose login it is, null for nobody's. It takes the same time whatever is wrong. */
  @Nullable Account find(String user, String password) {
    byte[] given = digest(user, password);
    Account found = null;
    for (Known known : all) {
      if (MessageDigest.isEqual(known.digest, given)) {
        found = known.account;
      }
    }
    return found;
  }

  /** Of equal length whatever was sent. */
  private static byte[] digest(String user, String password) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
