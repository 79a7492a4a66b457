package io.voicegateway.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Runs the verbs of one leg. */
final class LegVerbs {

  private static final Person HELPFUL = Person.answers(Duration.ofMinutes(1));
  private static final int NO_VERBS = 480;

  private final Switchboard board;
  private final JambonzLeg leg;

  LegVerbs(Switchboard board, JambonzLeg leg) {
    this.board = board;
    this.leg = leg;
  }

  /**
   * Asks what to do with the leg and does it; takes as long as the leg is up.
   *
   * @param hook where to ask
   * @param headers of the leg's INVITE
   */
  void run(String hook, Map<String, String> headers) throws InterruptedException {
    List<JsonNode> first = leg.hooks().verbs(hook, leg.bodies().newCall(headers), "");
    if (first.isEmpty()) {
      leg.decline(NO_VERBS);
      return;
    }
    leg.hooks().status(leg.body());
    run(new ArrayDeque<>(first));
    leg.hangUp();
    leg.tellEnd();
  }

  private void run(Deque<JsonNode> verbs) throws InterruptedException {
    while (!leg.isOver() && !verbs.isEmpty()) {
      List<JsonNode> instead = run(verbs.pop());
      if (!instead.isEmpty()) {
        verbs.clear();
        verbs.addAll(instead);
      }
    }
  }

  /** The verbs that take the place of all that follow; mostly none. */
  private List<JsonNode> run(JsonNode verb) throws InterruptedException {
    switch (verb.path("verb").asText()) {
      case "dial" -> {
        return dial(verb);
      }
      case "redirect" -> {
        return leg.hooks().verbs(verb.path("actionHook").asText(), leg.body(), "");
      }
      case "conference" -> {
        return conference(verb);
      }
      case "tag" -> leg.tag(verb.path("data"));
      case "play" -> play(verb);
      case "say" -> leg.answer();
      case "sip:decline" -> leg.decline(verb.path("status").asInt());
      case "hangup" -> leg.hangUp();
      default -> {}
    }
    return List.of();
  }

  /** No speech vendor is configured here: a sentence is skipped, after the call was answered. */
  private void play(JsonNode verb) throws InterruptedException {
    String url = verb.path("url").asText();
    if (!verb.path("earlyMedia").asBoolean()) {
      leg.answer();
    }
    if (Tone.is(url)) {
      leg.await(new CompletableFuture<>(), Tone.length(url));
      return;
    }
    try {
      if (!url.startsWith("http") || board.hooks().finds(url)) {
        leg.hears(url);
        leg.hooks().tell("sound", url);
      }
    } catch (IOException unreachable) {
      leg.hooks().tell("sound missing", url);
    }
  }

  private List<JsonNode> dial(JsonNode dial) throws InterruptedException {
    DialResult result = callee(dial).run();
    ObjectNode body = leg.body();
    body.put("dial_call_sid", result.callSid());
    body.put("dial_call_status", result.status());
    body.put("dial_sip_status", result.sipStatus());
    return actionHook(dial, body, ": %s/%d".formatted(result.status(), result.sipStatus()));
  }

  private SandboxDial callee(JsonNode dial) {
    JsonNode target = dial.path("target").path(0);
    if (isLiveKit(target)) {
      Callee livekit = new LiveKitCallee(board.livekit(), dial, leg.bodies().from());
      return new SandboxDial(leg, dial, livekit, "agent");
    }
    String number = target.path("number").asText(target.path("sipUri").asText());
    Person person = board.persons().getOrDefault(number, HELPFUL);
    leg.hooks()
        .tell(
            "person", number + (person.code() == 200 ? " answers" : " refuses: " + person.code()));
    return new SandboxDial(leg, dial, Callee.of(person), "person " + number);
  }

  /** Persons are reached by number or at another SIP host. */
  private boolean isLiveKit(JsonNode target) {
    String uri = target.path("sipUri").asText();
    return uri.contains("call-" + leg.bodies().sid()) || target.has("auth");
  }

  private List<JsonNode> conference(JsonNode verb) throws InterruptedException {
    leg.answer();
    Conference conference = board.join(verb.path("name").asText(), leg);
    conferenceEvent(verb, conference, "join");
    if (conference.isAgentHeardBy(leg)) {
      leg.hears("agent");
    }
    leg.await(conference.over(), leg.talk());
    if (!conference.over().isDone()) {
      leg.left();
      leg.tellEnd();
    }
    board.leave(conference, leg, verb.path("endConferenceOnExit").asBoolean());
    conferenceEvent(verb, conference, "leave");
    return actionHook(verb, leg.body(), ": the conference ended");
  }

  private void conferenceEvent(JsonNode verb, Conference conference, String event)
      throws InterruptedException {
    for (JsonNode wanted : verb.path("statusEvents")) {
      if (wanted.asText().equals(event)) {
        ObjectNode body = leg.body().put("event", event).put("members", conference.size());
        body.put("conference_sid", "conf:" + conference.name());
        leg.hooks().event(verb.path("statusHook").asText(), body);
      }
    }
  }

  private List<JsonNode> actionHook(JsonNode verb, ObjectNode body, String note)
      throws InterruptedException {
    return verb.has("actionHook")
        ? leg.hooks().verbs(verb.path("actionHook").asText(), body, note)
        : List.of();
  }
}
