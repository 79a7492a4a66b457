package io.voicegateway.console;

import io.voicegateway.sandbox.SandboxEvent;
import io.voicegateway.sandbox.SandboxJambonz.Outcome;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** Prints a call's events as they come: milliseconds, who to whom, what. */
final class Ladder implements Consumer<SandboxEvent> {

  /** Who acts on whom, by the event's name. */
  private static final Map<String, String> ACTORS =
      Map.ofEntries(
          Map.entry("caller", "caller    -> Jambonz"),
          Map.entry("hook", "Jambonz   -> gateway"),
          Map.entry("CreateRoom", "gateway   -> LiveKit"),
          Map.entry("job", "LiveKit   -> agent"),
          Map.entry("agent joined", "agent     -> LiveKit"),
          Map.entry("verbs", "gateway   -> Jambonz"),
          Map.entry("refused", "Jambonz"),
          Map.entry("INVITE", "Jambonz   -> LiveKit"),
          Map.entry("407", "LiveKit   -> Jambonz"),
          Map.entry("180", "LiveKit   -> Jambonz"),
          Map.entry("200", "LiveKit   -> Jambonz"),
          Map.entry("BYE", "Jambonz   -> LiveKit"),
          Map.entry("dial ended", "Jambonz   -> gateway"),
          Map.entry("sound", "media server -> gateway"),
          Map.entry("end", "call"));

  private final PrintStream out;
  private final Ansi ansi;
  private @Nullable Instant start;

  Ladder(PrintStream out, Ansi ansi) {
    this.out = out;
    this.ansi = ansi;
  }

  @Override
  public synchronized void accept(SandboxEvent event) {
    if (start == null) {
      start = event.at();
    }
    long ms = Duration.between(start, event.at()).toMillis();
    String actors = ACTORS.getOrDefault(event.what(), "");
    print(
        "@|faint %5d ms|@  @|cyan %-22s|@ %s %s"
            .formatted(ms, actors, words(event.what()), event.detail()));
  }

  /** How it ended, in a word and a colour. */
  synchronized void end(Outcome outcome) {
    print(
        outcome.answered()
            ? "@|green,bold The caller was answered and heard: " + outcome.heard() + "|@"
            : "@|red,bold The caller was not answered: SIP " + outcome.code() + "|@");
  }

  private void print(String line) {
    out.println(ansi.string(line));
  }

  private static String words(String what) {
    return switch (what) {
      case "caller", "hook", "verbs" -> "";
      default -> what;
    };
  }
}
