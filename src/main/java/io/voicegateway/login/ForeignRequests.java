package io.voicegateway.login;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Which changes may be the work of a page from elsewhere, in the name of whoever looks at it. Only
 * a page of ours knows the token of a session.
 */
final class ForeignRequests {

  private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
  private static final Set<String> OURS = Set.of("same-origin", "none");

  private ForeignRequests() {}

  /**
   * Whether a request is refused unless it brings the token. What Jolokia answers it would let any
   * page read.
   */
  static boolean needToken(HttpServletRequest request) {
    if (Hawtio.isJolokiaAsked(request) && comesFromElsewhere(request)) {
      return true;
    }
    return !HARMLESS.contains(request.getMethod())
        && (comesFromElsewhere(request) || isOfSession(request));
  }

  /** Whoever logs in has none that counts. */
  private static boolean isOfSession(HttpServletRequest request) {
    return request.getRequestedSessionId() != null
        && !request.getRequestURI().equals(LoginPage.PATH);
  }

  private static boolean comesFromElsewhere(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null) {
      return !OURS.contains(site);
    }
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    return origin != null && !isHost(origin, request.getHeader(HttpHeaders.HOST));
  }

  private static boolean isHost(String origin, @Nullable String host) {
    try {
      return URI.create(origin).getAuthority() != null
          && URI.create(origin).getAuthority().equalsIgnoreCase(host);
    } catch (IllegalArgumentException noAddress) {
      return false;
    }
  }
}
