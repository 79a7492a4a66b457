package io.voicegateway.login;

import jakarta.servlet.http.HttpServletRequest;
import java.util.stream.Stream;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Where the Camel console lies, and Jolokia by which it acts. */
final class Hawtio {

  static final String PATH = "/hawtio";

  private static final RequestMatcher CONSOLE = below(PATH);
  private static final RequestMatcher JOLOKIA = below("/jolokia", PATH + "/jolokia");

  private Hawtio() {}

  private static RequestMatcher below(String... paths) {
    PathPatternRequestMatcher.Builder pattern = PathPatternRequestMatcher.withDefaults();
    return new OrRequestMatcher(
        Stream.of(paths).map(path -> (RequestMatcher) pattern.matcher(path + "/**")).toList());
  }

  static boolean isAsked(HttpServletRequest request) {
    return CONSOLE.matches(request) || JOLOKIA.matches(request);
  }

  static boolean isJolokiaAsked(HttpServletRequest request) {
    return JOLOKIA.matches(request);
  }
}
