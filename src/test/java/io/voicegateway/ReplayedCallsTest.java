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
import io.voicegateway.livekit.RecordedWebhook;
import io.voicegateway.sandbox.SandboxLiveKit;
import java.io.IOException;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/**
 * The hooks of a real Jambonz, alone and among the webhooks of a real LiveKit, posted to the
 * gateway in order, backwards, doubled, and with each one missing in turn, end in a record with the
 * right state and cause. Where the missing one was the only end, the sweep tells of it.
 */
@GatewayTest
@TestPropertySource(
    properties = {
      "gateway.plan.file=src/test/resources/transfer-plan.yaml",
      "gateway.agent.watch=off",
      "gateway.jambonz.unsigned-allowed=true",
      "gateway.sip.uri=sip.example.test",
      "gateway.livekit.api-key=" + RecordedWebhook.KEY,
      "gateway.livekit.api-secret=" + RecordedWebhook.SECRET
    })
class ReplayedCallsTest {

  private static final Map<String, List<RecordedHook>> CALLS =
      RecordedHook.posted().stream()
          .filter(hook -> hook.scenario().contains("/"))
          .collect(groupingBy(ReplayedCallsTest::name, LinkedHashMap::new, toList()));

  private static final Pattern CALL_SID = Pattern.compile("\"call_sid\":\"([^\"]+)\"");

  private static final SandboxLiveKit LIVEKIT;

  static {
    try {
      LIVEKIT = SandboxLiveKit.start(0, RecordedWebhook.KEY, RecordedWebhook.SECRET, event -> {});
    } catch (IOException noPort) {
      throw new ExceptionInInitializerError(noPort);
    }
  }

  @DynamicPropertySource
  static void livekit(DynamicPropertyRegistry properties) {
    properties.add("gateway.livekit.url", LIVEKIT::url);
  }

  @AfterAll
  static void stop() {
    LIVEKIT.close();
  }

  @Value("${local.gateway.port}")
  private int port;

  @Autowired private CallEvents events;

  private Hooks hooks;

  /** Where Jambonz was told to post the end of each dial, in their order. */
  private final List<String> actionHooks = new ArrayList<>();

  private String referHook = "";

  @BeforeEach
  void prepare() {
    hooks = Hooks.ofOperator(port);
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = {"/jambonz/endings.csv", "/jambonz/endings-with-transfer.csv"})
  void endsAsItDidInEveryOrder(String name, String ending) {
    List<RecordedHook> recorded = CALLS.get(name);

    assertEndings(postsOf(recorded), ending);
  }

  @ParameterizedTest(name = "{0} with {1}")
  @CsvFileSource(resources = "/jambonz/endings-with-webhooks.csv")
  void endsAsItDidAmongLiveKitsWebhooks(String name, String webhooks, String ending) {
    List<RecordedWebhook> told =
        RecordedWebhook.all().stream().filter(hook -> hook.name().startsWith(webhooks)).toList();

    assertEndings(mixed(postsOf(CALLS.get(name)), told), ending);
  }

  private void assertEndings(List<Post> posts, String ending) {
    Map<String, String> replays = new LinkedHashMap<>();
    replays.put(posted(posts), "in order");
    replays.put(posted(reversed(posts)), "backwards");
    replays.put(posted(doubled(posts)), "doubled");
    for (Post missing : posts) {
      List<Post> rest = posts.stream().filter(post -> post != missing).toList();
      if (!rest.isEmpty()) {
        replays.put(posted(rest), "without " + missing);
      }
    }

    replays.forEach((sid, how) -> assertThat(ending(sid)).as(how).isEqualTo(ending));
  }

  /** One post of a recorded call, made for a call with another id. */
  private interface Post {
    void send(String sid);
  }

  private List<Post> postsOf(List<RecordedHook> recorded) {
    String original = callSid(recorded);
    List<RecordedHook> dials = recorded.stream().filter(RecordedHook::isDialEnd).toList();
    return recorded.stream().<Post>map(hook -> new JambonzPost(hook, original, dials)).toList();
  }

  private final class JambonzPost implements Post {
    private final RecordedHook hook;
    private final String original;
    private final List<RecordedHook> dials;

    JambonzPost(RecordedHook hook, String original, List<RecordedHook> dials) {
      this.hook = hook;
      this.original = original;
      this.dials = dials;
    }

    @Override
    public void send(String sid) {
      String text = hook.rawBody().replace(original, sid);
      if (hook.isNewCall()) {
        String ladder = dials.size() > 1 ? "dial:+15550003671, decline:480" : "decline:480";
        learn(0, hooks.call(withLadder(text, ladder)));
        return;
      }
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      if (hook.hook().equals("referHook")) {
        learn(1, hooks.post(referHook, body, "application/json"));
        return;
      }
      int dial = dials.indexOf(hook);
      Reply reply =
          hooks.post(
              dial < 0 ? "/livekit-api/status" : actionHooks.get(dial), body, "application/json");
      assertThat(reply.status()).isIn(200, 204);
      if (dial >= 0) {
        learn(dial + 1, reply);
      }
    }

    private static String withLadder(String newCall, String ladder) {
      return newCall.replaceFirst("\\{", "{\"env_vars\":{\"fallback\":\"" + ladder + "\"},");
    }

    /** The same plan gives every call the same addresses, so that the first replay tells all. */
    private void learn(int dial, Reply reply) {
      if (reply.status() != 200 || !reply.verbs().startsWith("dial")) {
        return;
      }
      if (actionHooks.size() == dial) {
        actionHooks.add(reply.dial().path("actionHook").asText());
      }
      if (dial == 0) {
        referHook = reply.dial().path("referHook").asText();
      }
    }

    @Override
    public String toString() {
      return hook.scenario();
    }
  }

  private final class LiveKitPost implements Post {
    private final RecordedWebhook webhook;

    LiveKitPost(RecordedWebhook webhook) {
      this.webhook = webhook;
    }

    @Override
    public void send(String sid) {
      RecordedWebhook moved = webhook.to("call-" + sid, Instant.now());
      Reply reply =
          hooks.post(
              "/livekit-events",
              moved.bytes(),
              moved.contentType(),
              "Authorization",
              moved.authorization());
      assertThat(reply.status()).isEqualTo(200);
    }

    @Override
    public String toString() {
      return webhook.name();
    }
  }

  /** LiveKit's posts spread evenly among Jambonz's. */
  private List<Post> mixed(List<Post> jambonz, List<RecordedWebhook> livekit) {
    List<Post> mixed = new ArrayList<>();
    int told = 0;
    for (int i = 0; i < jambonz.size(); i++) {
      mixed.add(jambonz.get(i));
      while (told * jambonz.size() < (i + 1) * livekit.size()) {
        mixed.add(new LiveKitPost(livekit.get(told++)));
      }
    }
    return mixed;
  }

  /** Posts all as a new call's; gives its id. */
  private static String posted(List<Post> posts) {
    String sid = UUID.randomUUID().toString();
    posts.forEach(post -> post.send(sid));
    return sid;
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

  private static List<Post> reversed(List<Post> posts) {
    List<Post> reversed = new ArrayList<>(posts);
    Collections.reverse(reversed);
    return reversed;
  }

  private static List<Post> doubled(List<Post> posts) {
    return posts.stream().flatMap(post -> Stream.of(post, post)).toList();
  }
}
