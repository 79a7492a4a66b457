package io.voicegateway.login;

import io.voicegateway.operator.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** Where a browser logs in; whoever was on his way to another page goes on to it. */
@RestController
final class LoginPage {

  static final String PATH = "/login";
  static final String STYLE = "/login.css";

  /** Where whoever logged out is told so. */
  static final String OUT = PATH + "?out";

  /** A page of ours, and no other host's. */
  private static final Pattern TARGET = Pattern.compile("/(?![/\\\\])[\\w./~?&=%:,+-]*");

  static final String HTML = MediaType.TEXT_HTML_VALUE + ";charset=UTF-8";

  private final ObjectProvider<OtherLogins> others;
  private final String template;

  LoginPage(ObjectProvider<OtherLogins> others) throws IOException {
    this.others = others;
    template = new ClassPathResource("login/login.html").getContentAsString(StandardCharsets.UTF_8);
  }

  @GetMapping(path = PATH, produces = HTML)
  String show(
      @RequestParam(defaultValue = "/") String to,
      @RequestParam(required = false) @Nullable String out) {
    return page(to, out == null ? "" : "You are logged out.");
  }

  void refused(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    Refusal refusal = RefusedLogin.of(failure, "The login failed.");
    Sentence.head(response, refusal);
    response.setContentType(HTML);
    response
        .getOutputStream()
        .write(page(to(request), refusal.sentence()).getBytes(StandardCharsets.UTF_8));
  }

  void loggedIn(HttpServletRequest request, HttpServletResponse response, Authentication login)
      throws IOException {
    response.sendRedirect(ours(to(request)));
  }

  /** That page, if it is one of ours. */
  static String ours(String to) {
    return TARGET.matcher(to).matches() ? to : "/";
  }

  static String to(HttpServletRequest request) {
    String to = request.getParameter("to");
    return to == null ? "/" : to;
  }

  private String page(String to, String message) {
    return template
        .replace("{{message}}", HtmlUtils.htmlEscape(message))
        .replace("{{others}}", others(to))
        .replace("{{to}}", HtmlUtils.htmlEscape(to));
  }

  private String others(String to) {
    StringBuilder links = new StringBuilder();
    others.ifAvailable(
        logins ->
            logins
                .offered()
                .forEach(
                    (begin, name) ->
                        links.append(
                            "<a class=\"other\" href=\"%s?to=%s\">Log in with %s</a>"
                                .formatted(
                                    HtmlUtils.htmlEscape(begin),
                                    URLEncoder.encode(to, StandardCharsets.UTF_8),
                                    HtmlUtils.htmlEscape(name)))));
    return links.toString();
  }
}
