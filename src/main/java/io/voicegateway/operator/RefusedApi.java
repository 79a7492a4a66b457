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
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which posts were refused, on the management port, for operators: nobody else learns why. */
@RestController
final class RefusedApi {

  private final RefusedPosts posts;

  RefusedApi(RefusedPosts posts) {
    this.posts = posts;
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
  Refused show() {
    return new Refused(Shown.of(posts.tally(From.JAMBONZ)), Shown.of(posts.tally(From.LIVEKIT)));
  }
}
