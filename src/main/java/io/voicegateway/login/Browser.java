package io.voicegateway.login;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;

/** Tells browsers from tools. */
final class Browser {

  private Browser() {}

  /** Whether what is answered is shown to a person as a page. */
  static boolean showsPage(HttpServletRequest request) {
    String accepted = request.getHeader(HttpHeaders.ACCEPT);
    return accepted != null
        && accepted.contains("text/html")
        && request.getHeader("HX-Request") == null;
  }

  /** Whether it is a request of a browser, be it for a page or by a script. */
  static boolean sends(HttpServletRequest request) {
    return request.getHeader("Sec-Fetch-Mode") != null
        || request.getHeader("HX-Request") != null
        || request.getHeader("X-Requested-With") != null
        || showsPage(request);
  }
}
