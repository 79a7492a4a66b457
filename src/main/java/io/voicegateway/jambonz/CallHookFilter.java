package io.voicegateway.jambonz;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Sees to it that no call hook is answered with an HTTP error, which Jambonz would turn into a 480
 * for the caller: an error that a route leaves behind goes to the error page, which writes verbs.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
final class CallHookFilter extends OncePerRequestFilter {

  private static final Set<String> PATHS = Set.of("/livekit-api", "/livekit-simple");

  /** Whether Jambonz waits here for the verbs of a new call. */
  static boolean isCallHook(String method, String path) {
    return "POST".equals(method) && PATHS.contains(path.replaceFirst("/$", ""));
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !isCallHook(request.getMethod(), request.getRequestURI());
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    chain.doFilter(request, new ErrorsToPage(response));
  }

  private static final class ErrorsToPage extends HttpServletResponseWrapper {
    ErrorsToPage(HttpServletResponse response) {
      super(response);
    }

    @Override
    public void setStatus(int status) {
      if (status < 400) {
        super.setStatus(status);
        return;
      }
      try {
        sendError(status);
      } catch (IOException gone) {
        super.setStatus(status);
      }
    }
  }
}
