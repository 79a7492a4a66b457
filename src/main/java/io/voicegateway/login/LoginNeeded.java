package io.voicegateway.login;

import io.voicegateway.operator.OperatorLogin;
import io.voicegateway.operator.OperatorPassword;
import io.voicegateway.operator.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.stereotype.Component;

/**
 * Shows a browser the page and asks a tool for HTTP basic. A browser is never asked for that: it
 * would keep the password until it is closed, and nobody could log out.
 */
@Component
final class LoginNeeded implements AuthenticationEntryPoint {

  private final OperatorPassword password;

  LoginNeeded(OperatorPassword password) {
    this.password = password;
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    if (Browser.showsPage(request) && request.getHeader(HttpHeaders.AUTHORIZATION) == null) {
      response.sendRedirect(LoginPage.PATH + "?to=" + encoded(target(request)));
      return;
    }
    Refusal refusal =
        RefusedLogin.of(
            failure,
            "Who asks must log in, by HTTP basic with %s.".formatted(password.whereabouts()));
    if (Browser.sends(request)) {
      response.setHeader("HX-Redirect", LoginPage.PATH);
    } else if (refusal.status() == HttpStatus.UNAUTHORIZED.value()) {
      response.setHeader(HttpHeaders.WWW_AUTHENTICATE, OperatorLogin.CHALLENGE);
    }
    Sentence.write(response, refusal);
  }

  private static String target(HttpServletRequest request) {
    String query = request.getQueryString();
    return request.getRequestURI() + (query == null ? "" : "?" + query);
  }

  private static String encoded(String target) {
    return URLEncoder.encode(target, StandardCharsets.UTF_8);
  }
}
