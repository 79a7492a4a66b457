package io.voicegateway.operator;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.voicegateway.call.RefusedPosts;
import io.voicegateway.call.RefusedPosts.From;
import io.voicegateway.call.RefusedPosts.Tally;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Which posts were refused, on the management port, for operators: nobody else learns why. */
@RestController
final class RefusedApi {

  private final RefusedPosts posts;
  private final OperatorLogin login;

  RefusedApi(RefusedPosts posts, OperatorLogin login) {
    this.posts = posts;
    this.login = login;
  }

  /** Both who post to us. */
  record Refused(
      @JsonProperty("call_hooks") Shown callHooks,
      @JsonProperty("livekit_events") Shown livekitEvents) {}

  /** What came in the name of one, refusals by what was wrong. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Shown(
      @JsonProperty("last_genuine") @Nullable Instant lastGenuine,
      Map<String, RefusedPosts.Times> refused) {

    static Shown of(Tally tally) {
      Map<String, RefusedPosts.Times> refused = new TreeMap<>();
      tally
          .refused()
          .forEach((why, times) -> refused.put(why.name().toLowerCase(Locale.ROOT), times));
      return new Shown(tally.lastGenuine(), refused);
    }
  }

  @GetMapping("/refused")
  Refused show(
      @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false)
          @Nullable String authorization) {
    login.check(authorization, "false");
    return new Refused(Shown.of(posts.tally(From.JAMBONZ)), Shown.of(posts.tally(From.LIVEKIT)));
  }

  @ExceptionHandler
  ResponseEntity<Map<String, String>> refused(Refusal refusal) {
    ResponseEntity.BodyBuilder answer = ResponseEntity.status(refusal.status());
    if (refusal.status() == HttpStatus.UNAUTHORIZED.value()) {
      answer.header(HttpHeaders.WWW_AUTHENTICATE, OperatorLogin.CHALLENGE);
    }
    return answer.body(Map.of("error", refusal.sentence()));
  }
}
