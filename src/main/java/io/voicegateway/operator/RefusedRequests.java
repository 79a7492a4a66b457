package io.voicegateway.operator;

import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Tells operators on the management port why their request was refused. */
@RestControllerAdvice
final class RefusedRequests {

  @ExceptionHandler
  ResponseEntity<Map<String, String>> refused(Refusal refusal) {
    ResponseEntity.BodyBuilder answer = ResponseEntity.status(refusal.status());
    if (refusal.retryAfter() > 0) {
      answer.header(HttpHeaders.RETRY_AFTER, String.valueOf(refusal.retryAfter()));
    }
    return answer.body(Map.of("error", refusal.sentence()));
  }
}
