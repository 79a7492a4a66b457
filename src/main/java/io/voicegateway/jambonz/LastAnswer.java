package io.voicegateway.jambonz;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers when no route could: it was removed, hangs, or no thread was free. A caller gets the
 * fallback; everybody else a bare status.
 */
@RestController
class LastAnswer implements ErrorController {

  private static final Logger log = LoggerFactory.getLogger(LastAnswer.class);

  private final FallbackVerbs fallback;

  LastAnswer(FallbackVerbs fallback) {
    this.fallback = fallback;
  }

  @RequestMapping("${server.error.path:/error}")
  ResponseEntity<?> answer(HttpServletRequest request) {
    Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    if (!CallHookFilter.isCallHook(request.getMethod(), String.valueOf(path))) {
      return ResponseEntity.status(status instanceof Integer code ? code : 500).build();
    }
    log.error("No route answered {}: HTTP {}. The caller gets the fallback", path, status);
    return ResponseEntity.ok(
        fallback.instead(null, request.getHeader("Host"), request.getHeader("X-Forwarded-Proto")));
  }
}
