package io.voicegateway.operator;

import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Tells operators on the management port why their request was refused. */
@RestControllerAdvice
final class RefusedRequests {

  @ExceptionHandler
  ResponseEntity<Map<String, String>> refused(Refusal refusal) {
    ResponseEntity.BodyBuilder answer = ResponseEntity.status(refusal.status());
    if (refusal.status() == HttpStatus.UNAUTHORIZED.value()) {
      answer.header(HttpHeaders.WWW_AUTHENTICATE, OperatorLogin.CHALLENGE);
    }
    return answer.body(Map.of("error", refusal.sentence()));
  }
}
