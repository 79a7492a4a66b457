package io.voicegateway.console;

import io.voicegateway.sandbox.SandboxEvent;
import io.voicegateway.sandbox.SandboxJambonz.Outcome;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** Prints a call's events as they come: milliseconds, who to whom, what. */
final class CallPicture implements Consumer<SandboxEvent> {

  private static final int LONGEST_DETAIL = 100;

  /** Who acts on whom, by the event's name; what has no entry is not worth a line. */
  private static final Map<String, Arrow> ARROWS =
      Map.ofEntries(
          Map.entry("caller", new Arrow("caller", "Jambonz", "")),
          Map.entry("hook", new Arrow("Jambonz", "gateway", "")),
          Map.entry("CreateRoom", new Arrow("gateway", "LiveKit", "CreateRoom")),
          Map.entry("job", new Arrow("LiveKit", "agent", "job, with the call's metadata")),
          Map.entry("no worker", new Arrow("LiveKit", "LiveKit", "no worker registered as")),
          Map.entry("agent joined", new Arrow("agent", "LiveKit", "joins the room and speaks:")),
          Map.entry("webhook", new Arrow("LiveKit", "gateway", "POST /livekit-events:")),
          Map.entry("verbs", new Arrow("gateway", "Jambonz", "")),
          Map.entry("refused", new Arrow("Jambonz", "Jambonz", "refuses the answer:")),
          Map.entry("INVITE", new Arrow("Jambonz", "LiveKit", "INVITE")),
          Map.entry("407", new Arrow("LiveKit", "Jambonz", "407, INVITE again with the password")),
          Map.entry("180", new Arrow("LiveKit", "Jambonz", "180 Ringing")),
          Map.entry("200", new Arrow("LiveKit", "Jambonz", "200 OK, caller and agent talk")),
          Map.entry("486", new Arrow("LiveKit", "Jambonz", "486")),
          Map.entry("BYE", new Arrow("Jambonz", "LiveKit", "BYE")),
          Map.entry("out INVITE", new Arrow("LiveKit", "Jambonz", "INVITE")),
          Map.entry("out CANCEL", new Arrow("LiveKit", "Jambonz", "CANCEL")),
          Map.entry("out 180", new Arrow("Jambonz", "LiveKit", "180 Ringing")),
          Map.entry("out 200", new Arrow("Jambonz", "LiveKit", "200 OK")),
          Map.entry("out BYE", new Arrow("LiveKit", "Jambonz", "BYE")),
          Map.entry("out hang-up", new Arrow("Jambonz", "LiveKit", "BYE")),
          Map.entry("sound", new Arrow("media", "gateway", "GET")),
          Map.entry("person", new Arrow("Jambonz", "person", "")),
          Map.entry("answered", new Arrow("Jambonz", "caller", "")));

  private record Arrow(String from, String to, String words) {}

  private final PrintStream out;
  private final Ansi ansi;
  private final Set<String> asked = new HashSet<>();
  private @Nullable Instant start;

  CallPicture(PrintStream out, Ansi ansi) {
    this.out = out;
    this.ansi = ansi;
  }

  @Override
  public synchronized void accept(SandboxEvent event) {
    Arrow arrow = ARROWS.get(event.what());
    if (arrow == null || isAskedAgain(event)) {
      return;
    }
    if (start == null) {
      start = event.at();
    }
    print(
        "@|faint %5d ms|@  @|cyan %-7s -> %-7s|@  %s"
            .formatted(
                Duration.between(start, event.at()).toMillis(),
                arrow.from,
                arrow.to,
                (arrow.words + " " + detail(event)).strip()));
  }

  /** Jambonz asks for a caller who waits over and over, and gets the same answer. */
  private boolean isAskedAgain(SandboxEvent event) {
    boolean question = event.what().equals("hook") || event.what().equals("verbs");
    return question && !asked.add(event.room() + event.what() + event.detail());
  }

  /** How it ended, in a word and a colour. */
  synchronized void end(Outcome outcome) {
    print(
        outcome.answered()
            ? "@|green,bold The caller was answered and heard: %s|@"
                .formatted(String.join(", ", outcome.heard()))
            : "@|red,bold The caller was not answered: SIP %d|@".formatted(outcome.code()));
  }

  private static String detail(SandboxEvent event) {
    return switch (event.what()) {
      case "job" -> "";
      case "CreateRoom" -> event.room();
      default -> event.detail().substring(0, Math.min(event.detail().length(), LONGEST_DETAIL));
    };
  }

  private void print(String line) {
    out.println(ansi.string(line));
  }
}
