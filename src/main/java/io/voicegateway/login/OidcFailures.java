package io.voicegateway.login;

import io.voicegateway.operator.Logins;
import io.voicegateway.operator.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/**
 * Tells in words why a login by a provider failed. What the provider sent is shown to nobody and
 * not logged: it may be a token.
 */
final class OidcFailures implements AuthenticationFailureHandler {

  private static final Logger log = LoggerFactory.getLogger(OidcFailures.class);

  /** The way back was not the end of a way there of the same browser. */
  private static final Set<String> NOT_BEGUN =
      Set.of("authorization_request_not_found", "invalid_state_parameter");

  private final LoginPage page;
  private final Logins logins;
  private final Function<HttpServletRequest, String> sender;

  OidcFailures(LoginPage page, Logins logins, Function<HttpServletRequest, String> sender) {
    this.page = page;
    this.logins = logins;
    this.sender = sender;
  }

  @Override
  public void onAuthenticationFailure(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    page.refused(
        request,
        response,
        failure instanceof RefusedLogin ? failure : new RefusedLogin(refusal(request, failure)));
  }

  private Refusal refusal(HttpServletRequest request, AuthenticationException failure) {
    String code =
        failure instanceof OAuth2AuthenticationException told ? told.getError().getErrorCode() : "";
    if (NOT_BEGUN.contains(code)) {
      return refusal("The login took too long, or was not begun in this browser: begin again.");
    }
    if (code.equals(OAuth2ErrorCodes.ACCESS_DENIED)) {
      return refusal("The login was broken off at the provider.");
    }
    Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
    log.warn(
        "A login by a provider failed: {} ({})",
        code.replaceAll("[^\\w-]", "?"),
        cause.getClass().getSimpleName());
    if (cause instanceof IOException) {
      return new Refusal(
          HttpStatus.SERVICE_UNAVAILABLE.value(), OidcProvider.noAnswer("The provider"));
    }
    logins.failed(sender.apply(request));
    return refusal("What the provider answered is not to be trusted; the log names the reason.");
  }

  private static Refusal refusal(String sentence) {
    return new Refusal(HttpStatus.UNAUTHORIZED.value(), sentence);
  }
}
