package io.voicegateway.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;

/** Prints calls for people: a line each, or the timeline of one. */
final class CallTable {

  private static final String LINE = "%-19s  %-10s  %-16s  %-16s  %-16s  %7s  %-36s  %s%n";

  private final PrintStream out;
  private boolean headed;

  CallTable(PrintStream out) {
    this.out = out;
  }

  /** The names of the columns, once. */
  void head() {
    if (!headed) {
      out.printf(
          LINE, "started (UTC)", "state", "from", "to", "agent", "talk s", "call_sid", "cause");
    }
    headed = true;
  }

  /** A page, newest first. */
  void all(JsonNode page) {
    head();
    page.path("calls").forEach(this::line);
    if (page.path("calls").isEmpty()) {
      out.println("No calls.");
    }
    if (page.has("next")) {
      out.println("There are more: --limit shows up to 500.");
    }
  }

  /** One call: what became of it and how it came to that. */
  void timeline(JsonNode call) {
    out.printf(
        "%s %s -> %s, agent %s: %s%n",
        text(call, "call_sid"),
        text(call, "from"),
        text(call, "to"),
        agent(call),
        text(call, "state"));
    if (call.has("cause")) {
      out.println((text(call, "cause") + " " + text(call, "advice")).strip());
    }
    for (JsonNode line : call.path("timeline")) {
      out.printf(
          "%9d ms  %-14s  %s%n",
          line.path("ms").asLong(), text(line, "event"), text(line, "detail"));
    }
  }

  /** One call in a line. */
  void line(JsonNode call) {
    String started = text(call, "started_at").replace('T', ' ');
    JsonNode talk = call.path("durations").path("talk_ms");
    out.printf(
        LINE,
        started.substring(0, Math.min(started.length(), 19)),
        text(call, "state"),
        text(call, "from"),
        text(call, "to"),
        agent(call),
        talk.isNumber() ? String.valueOf(talk.asLong() / 1000) : "",
        text(call, "call_sid"),
        text(call, "cause"));
  }

  /** With his project, where there are several. */
  private static String agent(JsonNode call) {
    String agent = text(call, "agent");
    return call.has("project") ? "%s (%s)".formatted(agent, text(call, "project")) : agent;
  }

  /** What a caller can choose, such as his user name, must not steer the terminal. */
  private static String text(JsonNode node, String field) {
    return Printable.line(node.path(field).asText(""));
  }
}
