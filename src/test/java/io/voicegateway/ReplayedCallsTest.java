package io.voicegateway;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.voicegateway.Hooks.Reply;
import io.voicegateway.call.record.CallEvent;
import io.voicegateway.call.record.CallEvents;
import io.voicegateway.jambonz.RecordedHook;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/**
 * The hooks of a real Jambonz, posted to the gateway in order, backwards, doubled, and with each
 * one missing in turn, end in a record with the right state and cause. Where the missing one was
 * the only end, the sweep tells of it.
 */
@GatewayTest
class ReplayedCallsTest {

  private static final Map<String, List<RecordedHook>> CALLS =
      RecordedHook.posted().stream()
          .filter(hook -> hook.scenario().contains("/"))
          .collect(groupingBy(ReplayedCallsTest::name, LinkedHashMap::new, toList()));

  private static final Pattern CALL_SID = Pattern.compile("\"call_sid\":\"([^\"]+)\"");

  @Value("${local.gateway.port}")
  private int port;

  @Autowired private CallEvents events;

  private Hooks hooks;

  @BeforeEach
  void prepare() {
    hooks = new Hooks(port);
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "/jambonz/endings.csv")
  void endsAsItDidInEveryOrder(String name, String ending) {
    List<RecordedHook> recorded = CALLS.get(name);
    Map<String, String> replays = new LinkedHashMap<>();
    replays.put(posted(recorded), "in order");
    replays.put(posted(reversed(recorded)), "backwards");
    replays.put(posted(doubled(recorded)), "doubled");
    for (int i = 0; i < recorded.size(); i++) {
      List<RecordedHook> rest = new ArrayList<>(recorded);
      RecordedHook missing = rest.remove(i);
      if (!rest.isEmpty()) {
        replays.put(posted(rest), "without " + missing.scenario());
      }
    }

    replays.forEach((sid, how) -> assertThat(ending(sid)).as(how).isEqualTo(ending));
  }

  /** Posts the hooks as a new call's; gives its id. */
  private String posted(List<RecordedHook> recorded) {
    String original = callSid(recorded);
    String sid = UUID.randomUUID().toString();
    String actionHook = "/livekit-api/dial";
    for (RecordedHook hook : recorded) {
      byte[] body = hook.rawBody().replace(original, sid).getBytes(StandardCharsets.UTF_8);
      if (hook.isNewCall()) {
        JsonNode dial = hooks.call("/livekit-api", body, "application/json").dial();
        actionHook = dial.path("actionHook").asText(actionHook);
      } else {
        String path = isDialEnd(hook) ? actionHook : "/livekit-api/status";
        Reply reply = hooks.post(path, body, "application/json");
        assertThat(reply.status()).isIn(200, 204);
      }
    }
    return sid;
  }

  private static boolean isDialEnd(RecordedHook hook) {
    return hook.rawBody().contains("\"dial_call_status\"");
  }

  /** The caller's leg is the one that the others name as their parent, else the only one. */
  private static String callSid(List<RecordedHook> recorded) {
    return recorded.stream()
        .map(RecordedHook::rawBody)
        .filter(body -> !body.contains("\"parent_call_sid\""))
        .map(CALL_SID::matcher)
        .filter(matcher -> matcher.find())
        .map(matcher -> matcher.group(1))
        .findFirst()
        .orElseThrow();
  }

  private String ending(String sid) {
    JsonNode call = record(sid);
    if (!call.has("ended_at")) {
      events.tell(new CallEvent.Lost(sid, Instant.now().plus(Duration.ofHours(5))));
      soon().until(() -> record(sid).has("ended_at"));
      call = record(sid);
    }
    return call.path("state").asText() + " " + call.path("cause_code").asText();
  }

  private JsonNode record(String sid) {
    soon().until(() -> hooks.send("GET", "/livekit-api/calls/" + sid).status() == 200);
    return hooks.send("GET", "/livekit-api/calls/" + sid).json();
  }

  private static ConditionFactory soon() {
    return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10));
  }

  private static String name(RecordedHook hook) {
    return hook.scenario().substring(0, hook.scenario().lastIndexOf('/'));
  }

  private static List<RecordedHook> reversed(List<RecordedHook> recorded) {
    List<RecordedHook> hooks = new ArrayList<>(recorded);
    Collections.reverse(hooks);
    return hooks;
  }

  private static List<RecordedHook> doubled(List<RecordedHook> recorded) {
    return recorded.stream().flatMap(hook -> Stream.of(hook, hook)).toList();
  }
}
