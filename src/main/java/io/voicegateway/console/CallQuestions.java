package io.voicegateway.console;

import io.voicegateway.console.GatewayClient.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Asks a running gateway for its calls. */
final class CallQuestions {

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
    String more =
        (before.isEmpty() ? "" : "&before=" + encoded(before))
            + (project.isEmpty() ? "" : "&project=" + encoded(project));
    return ask("?state=%s&limit=%d&full=%b%s".formatted(encoded(state), limit, full, more));
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
