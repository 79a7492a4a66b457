package io.voicegateway.login;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;
import org.springframework.security.web.RedirectStrategy;
import org.springframework.web.util.HtmlUtils;

/**
 * Leads on by a page instead of a redirect, where a browser crosses from one site to another: after
 * a redirect from elsewhere it sends no session's cookie, and after a form of ours it goes nowhere
 * else.
 */
final class Onward implements RedirectStrategy {

  private final String template;

  Onward() throws IOException {
    template =
        new ClassPathResource("login/onward.html").getContentAsString(StandardCharsets.UTF_8);
  }

  @Override
  public void sendRedirect(HttpServletRequest request, HttpServletResponse response, String to)
      throws IOException {
    response.setContentType(LoginPage.HTML);
    response
        .getOutputStream()
        .write(
            template.replace("{{to}}", HtmlUtils.htmlEscape(to)).getBytes(StandardCharsets.UTF_8));
  }
}
