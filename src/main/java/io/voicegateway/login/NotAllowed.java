package io.voicegateway.login;

import io.voicegateway.operator.OperatorLogin;
import io.voicegateway.operator.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;

/** Tells whoever logged in why he may not do what he asked for. */
final class NotAllowed implements AccessDeniedHandler {

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
      throws IOException {
    if (Browser.showsPage(request)) {
      response.sendError(HttpStatus.FORBIDDEN.value(), why(request, denied));
      return;
    }
    Sentence.write(response, new Refusal(HttpStatus.FORBIDDEN.value(), why(request, denied)));
  }

  private static String why(HttpServletRequest request, AccessDeniedException denied) {
    if (denied instanceof CsrfException) {
      return "The request has not come from a page of this session: load the page again.";
    }
    return request.isUserInRole("VIEWER")
        ? OperatorLogin.NOT_FOR_VIEWERS
        : "This login has no role here: ask whoever keeps the gateway's settings for one.";
  }
}
