package io.voicegateway.jambonz;

import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The error page, for when no route could answer: it was removed, hangs, or no thread was free. A
 * caller gets the fallback; everybody else a bare status. A servlet and not a controller, because
 * Spring would hand a controller the failed request's result.
 */
final class LastAnswer extends HttpServlet {

  private static final Logger log = LoggerFactory.getLogger(LastAnswer.class);
  private static final JsonMapper JSON = new JsonMapper();

  private final transient FallbackVerbs fallback;
  private final transient RareWarning unserved;

  private LastAnswer(FallbackVerbs fallback, Clock clock) {
    this.fallback = fallback;
    this.unserved = new RareWarning(clock);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
    if (!CallHookFilter.isCallHook(request.getMethod(), path)) {
      if (unserved.isDue()) {
        log.warn(
            "{} {} answered {}: nothing is served there; others in the same minute say nothing",
            request.getMethod(),
            path,
            response.getStatus());
      }
      return;
    }
    log.error("No route answered {}: HTTP {}", path, response.getStatus());
    response.setStatus(HttpServletResponse.SC_OK);
    response.setContentType("application/json");
    JSON.writeValue(
        response.getOutputStream(),
        fallback.last(request.getHeader("Host"), request.getHeader("X-Forwarded-Proto")));
  }

  /** Puts it where the server looks for its error page. */
  @Configuration(proxyBeanMethods = false)
  static class ErrorPage {
    @Bean
    ServletRegistrationBean<LastAnswer> lastAnswer(FallbackVerbs fallback, Clock clock) {
      return new ServletRegistrationBean<>(new LastAnswer(fallback, clock), "/error");
    }
  }
}
