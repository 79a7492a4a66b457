package io.voicegateway.operator;

import io.vertx.core.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConstants;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lets in on the public port, by HTTP basic: everybody who has a login to look, operators to act.
 */
@Component("operatorLogin")
public final class OperatorLogin {

  /** What whoever comes without the login is asked for. */
  public static final String CHALLENGE = "Basic realm=\"gateway\", charset=\"UTF-8\"";

  /** What a viewer is told who wants more. */
  public static final String NOT_FOR_VIEWERS =
      "A viewer sees numbers masked and changes nothing: log in as an operator.";

  private static final String SCHEME = "basic ";
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  private final Logins logins;
  private final OperatorPassword password;
  private final Senders senders;

  OperatorLogin(Logins logins, OperatorPassword password, Senders senders) {
    this.logins = logins;
    this.password = password;
    this.senders = senders;
  }

  /**
   * Lets whoever logged in pass.
   *
   * @param full true when whole numbers are asked for
   * @param forwarded one value of X-Forwarded-For, or several
   * @throws Refusal for everybody else
   */
  void check(
      @Header("Authorization") @Nullable String authorization,
      @Header("full") @Nullable String full,
      @Header(Exchange.HTTP_METHOD) String method,
      @Header(VertxPlatformHttpConstants.REMOTE_ADDRESS) SocketAddress peer,
      @Header("X-Forwarded-For") @Nullable Object forwarded) {
    String[] login = login(authorization);
    Account account =
        logins.login(login[0], login[1], senders.address(peer.hostAddress(), lines(forwarded)));
    boolean looks = method.equals("GET") && !"true".equals(full);
    if (!account.isOperator() && !looks) {
      throw new Refusal(FORBIDDEN, NOT_FOR_VIEWERS);
    }
  }

  private static List<String> lines(@Nullable Object header) {
    if (header instanceof Collection<?> several) {
      return several.stream().map(String::valueOf).toList();
    }
    return header == null ? List.of() : List.of(String.valueOf(header));
  }

  private String[] login(@Nullable String authorization) {
    if (authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      String[] login = decoded(authorization.substring(SCHEME.length()).strip()).split(":", 2);
      if (login.length == 2) {
        return login;
      }
    }
    throw new Refusal(
        UNAUTHORIZED,
        "Who asks must log in, by HTTP basic with %s.".formatted(password.whereabouts()));
  }

  private static String decoded(String login) {
    try {
      return new String(Base64.getDecoder().decode(login), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException noBase64) {
      return "";
    }
  }
}
