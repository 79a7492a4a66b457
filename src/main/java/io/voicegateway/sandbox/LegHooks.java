package io.voicegateway.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Posts one leg's hooks, takes the verbs of the answers, and tells of both. */
final class LegHooks {

  private static final JsonMapper JSON = new JsonMapper();

  private final Switchboard board;
  private final String room;

  /**
   * @param room the room that the leg belongs to, for whoever listens
   */
  LegHooks(Switchboard board, String room) {
    this.board = board;
    this.room = room;
  }

  /**
   * Posts a hook whose answer is verbs.
   *
   * @param note what there is to say about it, possibly empty
   * @return no verbs when there is no answer, or none that Jambonz would run
   */
  List<JsonNode> verbs(String hook, ObjectNode body, String note) throws InterruptedException {
    tell("hook", "POST " + URI.create(hook).getPath() + note);
    try {
      HookPost.Answer answer = board.hooks().post(hook, body);
      if (answer.isSuccess() && answer.body().equals("[]")) {
        return List.of();
      }
      Optional<String> refusal =
          answer.isSuccess()
              ? board.rules().refusal(answer.body())
              : Optional.of("HTTP " + answer.status());
      if (refusal.isEmpty()) {
        return verbs(answer.body());
      }
      tell("refused", refusal.get());
    } catch (IOException noAnswer) {
      tell("refused", noAnswer.getClass().getSimpleName());
    }
    return List.of();
  }

  private List<JsonNode> verbs(String answer) throws IOException {
    List<JsonNode> verbs = new ArrayList<>();
    JSON.readTree(answer).forEach(verbs::add);
    tell("verbs", String.join(", ", verbs.stream().map(LegHooks::words).toList()));
    return verbs;
  }

  private static String words(JsonNode verb) {
    String name = verb.path("verb").asText();
    JsonNode target = verb.path("target").path(0);
    String url = verb.path("url").asText();
    return switch (name) {
      case "dial" -> "dial " + target.path("sipUri").asText(target.path("number").asText());
      case "sip:decline" -> name + " " + verb.path("status").asInt();
      case "play" -> "play " + (Tone.is(url) ? "a tone" : url);
      default -> name;
    };
  }

  /** Posts a hook whose answer nobody looks at. */
  void event(String hook, ObjectNode body) throws InterruptedException {
    try {
      board.hooks().post(hook, body);
    } catch (IOException ignored) {
      tell("event lost", body.path("call_status").asText());
    }
  }

  void status(ObjectNode body) throws InterruptedException {
    event("/livekit-api/status", body);
  }

  void tell(String what, String detail) {
    board.listener().accept(new SandboxEvent(Instant.now(), what, room, detail));
  }
}
