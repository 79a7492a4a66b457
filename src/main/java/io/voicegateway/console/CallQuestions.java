package io.voicegateway.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.voicegateway.console.GatewayClient.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Asks a running gateway for its calls. */
final class CallQuestions {

  private static final int SOME = 5;
  private static final int CONFLICT = 409;

  private final GatewayClient gateway;
  private final boolean full;
  private final String project;

  /**
   * Questions to one gateway.
   *
   * @param full whether numbers are wanted whole
   * @param project whose calls are wanted, empty for all
   */
  CallQuestions(GatewayClient gateway, boolean full, String project) {
    this.project = project;
    this.gateway = gateway;
    this.full = full;
  }

  /**
   * A page of calls, newest first.
   *
   * @param before the {@code next} of the page before, empty for the first
   */
  Answer page(String state, int limit, String before) throws InterruptedException {
    String more = parameter("before", before) + parameter("project", project);
    return ask("?state=%s&limit=%d&full=%b%s".formatted(encoded(state), limit, full, more));
  }

  /** The newest calls that fit; what is empty fits all. */
  Answer found(String state, String typed, String cause, int limit) throws InterruptedException {
    String conditions =
        parameter("state", state)
            + parameter("q", typed)
            + parameter("cause", cause)
            + parameter("project", project);
    return ask("?limit=%d&full=%b%s".formatted(limit, full, conditions));
  }

  private static String parameter(String name, String value) {
    return value.isEmpty() ? "" : "&" + name + "=" + encoded(value);
  }

  /** The calls whose ids begin so, at most a few. */
  private List<String> begunSo(String beginning) throws InterruptedException {
    List<String> sids = new ArrayList<>();
    ask("?state=all&limit=%d&q=%s".formatted(SOME, encoded(beginning)))
        .body()
        .path("calls")
        .forEach(call -> sids.add(call.path("call_sid").asText()));
    sids.removeIf(sid -> !sid.startsWith(beginning));
    return sids;
  }

  /** One call, with its timeline, by its id or a beginning that no other call's has. */
  Answer named(String name) throws InterruptedException {
    Answer exact = call(name);
    List<String> begun = exact.isNotFound() ? begunSo(name) : List.of();
    return switch (begun.size()) {
      case 0 -> exact;
      case 1 -> call(begun.get(0));
      default ->
          new Answer(
              CONFLICT,
              JsonNodeFactory.instance
                  .objectNode()
                  .put("error", "Several calls begin so: " + String.join(", ", begun)));
    };
  }

  /** One call, with its timeline. */
  Answer call(String callSid) throws InterruptedException {
    return ask("/%s?full=%b".formatted(encoded(callSid), full));
  }

  private Answer ask(String rest) throws InterruptedException {
    return gateway.get("/livekit-api/calls" + rest);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
