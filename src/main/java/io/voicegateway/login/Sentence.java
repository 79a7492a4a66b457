package io.voicegateway.login;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.voicegateway.operator.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** A refusal as every endpoint tells it: an object with one sentence. */
final class Sentence {

  private static final JsonMapper JSON = new JsonMapper();

  private Sentence() {}

  static void write(HttpServletResponse response, Refusal refusal) throws IOException {
    head(response, refusal);
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response.getOutputStream().write(JSON.writeValueAsBytes(Map.of("error", refusal.sentence())));
  }

  /** Its status, and when to try again. */
  static void head(HttpServletResponse response, Refusal refusal) {
    response.setStatus(refusal.status());
    if (refusal.retryAfter() > 0) {
      response.setIntHeader(HttpHeaders.RETRY_AFTER, refusal.retryAfter());
    }
  }
}
