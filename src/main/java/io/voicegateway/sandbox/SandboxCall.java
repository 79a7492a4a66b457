package io.voicegateway.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voicegateway.jambonz.VerbRules;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call through the sandbox's Jambonz, from the caller's INVITE to the last hook. */
final class SandboxCall {

  private static final JsonMapper JSON = new JsonMapper();

  private final String sid;
  private final String room;
  private final SandboxJambonz.PhoneCall phone;
  private final HookBodies bodies;
  private final SandboxLiveKit livekit;
  private final HookPost hooks;
  private final VerbRules rules;
  private final Consumer<SandboxEvent> listener;
  private final List<String> heard = new ArrayList<>();

  private boolean answered;
  private int code;
  private @Nullable String endedBy;

  SandboxCall(
      String sid,
      SandboxJambonz.PhoneCall phone,
      SandboxLiveKit livekit,
      HookPost hooks,
      VerbRules rules,
      Consumer<SandboxEvent> listener) {
    this.sid = sid;
    this.room = "call-" + sid;
    this.phone = phone;
    this.bodies = new HookBodies(sid, phone);
    this.livekit = livekit;
    this.hooks = hooks;
    this.rules = rules;
    this.listener = listener;
  }

  SandboxJambonz.Outcome run() throws InterruptedException {
    tell("caller", phone.from() + " calls " + phone.to());
    Deque<JsonNode> verbs = firstVerbs();
    if (!verbs.isEmpty()) {
      status("trying", 100, null);
      play(verbs);
    }
    if (code == 0) {
      end(answered ? 200 : 603, "jambonz");
    }
    return new SandboxJambonz.Outcome(sid, answered, code, List.copyOf(heard));
  }

  private Deque<JsonNode> firstVerbs() throws InterruptedException {
    try {
      tell("hook", "POST /livekit-api");
      HookPost.Answer answer = hooks.post("/livekit-api", bodies.newCall());
      Optional<String> refusal =
          answer.isSuccess()
              ? rules.refusal(answer.body())
              : Optional.of("HTTP " + answer.status());
      if (refusal.isEmpty()) {
        return verbs(answer.body());
      }
      tell("refused", refusal.get());
    } catch (IOException noAnswer) {
      tell("refused", noAnswer.getClass().getSimpleName());
    }
    code = 480;
    tell("480", "to the caller");
    return new ArrayDeque<>();
  }

  private Deque<JsonNode> verbs(String answer) throws IOException {
    Deque<JsonNode> verbs = new ArrayDeque<>();
    JSON.readTree(answer).forEach(verbs::add);
    tell("verbs", String.join(", ", verbs.stream().map(SandboxCall::words).toList()));
    return verbs;
  }

  private static String words(JsonNode verb) {
    String name = verb.path("verb").asText();
    JsonNode target = verb.path("target").path(0);
    return switch (name) {
      case "dial" -> "dial " + target.path("sipUri").asText(target.path("number").asText());
      case "sip:decline" -> name + " " + verb.path("status").asInt();
      case "play" -> "play " + verb.path("url").asText();
      case "say" -> "say";
      default -> name;
    };
  }

  private void play(Deque<JsonNode> verbs) throws InterruptedException {
    while (code == 0 && !verbs.isEmpty()) {
      JsonNode verb = verbs.pop();
      switch (verb.path("verb").asText()) {
        case "dial" -> dial(verb, verbs);
        case "play" -> sound(verb);
        case "say" -> answer();
        case "sip:decline" -> decline(verb.path("status").asInt());
        case "hangup" -> hangup();
        default -> {}
      }
    }
  }

  /** No speech vendor is configured here: a sentence is skipped, after the call was answered. */
  private void sound(JsonNode verb) throws InterruptedException {
    String url = verb.path("url").asText();
    if (!verb.path("earlyMedia").asBoolean()) {
      answer();
    }
    try {
      if (!url.startsWith("http") || hooks.finds(url)) {
        heard.add(url);
        tell("sound", url);
      }
    } catch (IOException unreachable) {
      tell("sound missing", url);
    }
  }

  private void answer() throws InterruptedException {
    if (!answered) {
      answered = true;
      status("in-progress", 200, null);
    }
  }

  private void decline(int status) throws InterruptedException {
    if (!answered) {
      end(status, "jambonz");
      status("failed", status, null);
    }
  }

  private void hangup() throws InterruptedException {
    if (answered) {
      end(200, "jambonz");
      status("completed", 200, null);
    }
  }

  private void dial(JsonNode dial, Deque<JsonNode> verbs) throws InterruptedException {
    JsonNode target = dial.path("target").path(0);
    DialResult result =
        target.path("type").asText().equals("sip") && isLiveKit(target)
            ? dialLiveKit(dial, target)
            : dialPerson(target);
    if (result.status().equals("completed")) {
      end(200, result.endedBy());
    }
    List<JsonNode> next = actionHook(dial, result);
    if (!next.isEmpty() && code == 0) {
      verbs.clear();
      verbs.addAll(next);
    }
    if (code != 0) {
      status("completed", 200, null);
    }
  }

  /** Persons are reached by number or at another SIP host. */
  private boolean isLiveKit(JsonNode target) {
    String uri = target.path("sipUri").asText();
    return uri.contains(room) || target.has("auth");
  }

  private DialResult dialPerson(JsonNode target) throws InterruptedException {
    String person = target.path("number").asText(target.path("sipUri").asText());
    tell("person", person + " answers");
    heard.add("person " + person);
    answer();
    return new DialResult("completed", 200, "caller");
  }

  private DialResult dialLiveKit(JsonNode dial, JsonNode target) throws InterruptedException {
    SandboxDial leg = new SandboxDial(livekit, phone, this::status);
    if (!leg.isAnswered(dial, target)) {
      return leg.failure();
    }
    answer();
    heard.add("agent");
    return leg.talk();
  }

  private List<JsonNode> actionHook(JsonNode dial, DialResult result) throws InterruptedException {
    ObjectNode body = bodies.leg(answered ? "in-progress" : "trying", answered ? 200 : 100, null);
    body.put("dial_call_status", result.status());
    body.put("dial_sip_status", result.sipStatus());
    if (code != 0) {
      body.put("call_termination_by", String.valueOf(endedBy));
    }
    String hook = dial.path("actionHook").asText();
    tell("dial ended", "%s/%d".formatted(result.status(), result.sipStatus()));
    try {
      HookPost.Answer answer = hooks.post(hook, body);
      return answer.isSuccess() && answer.body().length() > 2
          ? List.copyOf(verbs(answer.body()))
          : List.of();
    } catch (IOException noAnswer) {
      return List.of();
    }
  }

  private void end(int finalCode, String by) {
    code = finalCode;
    endedBy = by;
    tell(answered ? "end" : Integer.toString(finalCode), "by " + by);
  }

  private void status(String callStatus, int sipStatus, @Nullable String dialledLeg)
      throws InterruptedException {
    try {
      hooks.post("/livekit-api/status", bodies.leg(callStatus, sipStatus, dialledLeg));
    } catch (IOException ignored) {
      tell("status lost", callStatus);
    }
  }

  private void tell(String what, String detail) {
    listener.accept(new SandboxEvent(Instant.now(), what, room, detail));
  }
}
