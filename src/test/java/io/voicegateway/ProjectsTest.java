package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.micrometer.core.instrument.MeterRegistry;
import io.voicegateway.Hooks.Reply;
import io.voicegateway.livekit.api.LiveKits;
import io.voicegateway.livekit.routing.Credentials;
import io.voicegateway.livekit.routing.Invite;
import io.voicegateway.sandbox.LegEvent;
import io.voicegateway.sandbox.OutboundLeg;
import io.voicegateway.sandbox.PhoneLeg;
import io.voicegateway.sandbox.SandboxLiveKit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import livekit.LivekitModels.Room;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.MediaType;
import org.springframework.http.RequestEntity;
import org.springframework.http.ResponseEntity;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Calls of several LiveKit projects behind one gateway. */
@GatewayTest
@TestPropertySource(
    properties = {
      "gateway.jambonz.unsigned-allowed=true",
      "gateway.rooms.delete-again=200",
      "gateway.rooms.first-sweep=600000",
      "gateway.dead-letters.directory=target/dead-letters/projects"
    })
class ProjectsTest {

  private static final TwoLiveKits LIVEKITS = TwoLiveKits.start();
  private static final SandboxLiveKit A = LIVEKITS.a;
  private static final SandboxLiveKit B = LIVEKITS.b;

  @DynamicPropertySource
  static void projects(DynamicPropertyRegistry properties) {
    LIVEKITS.set(properties);
    properties.add("gateway.plan.file", () -> "src/test/resources/projects.yaml");
  }

  @AfterAll
  static void stop() {
    LIVEKITS.close();
  }

  @Autowired private LiveKits livekits;
  @Autowired private MeterRegistry metrics;
  @Autowired private TestRestTemplate management;

  @Value("${local.gateway.port}")
  private int port;

  private final String sid = UUID.randomUUID().toString();
  private final String room = "call-" + sid;
  private final BlockingQueue<OutboundLeg> rungBack = new LinkedBlockingQueue<>();
  private Hooks hooks;

  @BeforeEach
  void prepare() {
    hooks = Hooks.ofOperator(port);
    livekits.all().forEach(livekit -> livekit.breaker().reset());
    B.farEnd(TwoLiveKits.JAMBONZ, rungBack::add);
  }

  @Test
  void theCallOfANumberIsRegisteredInItsProjectAloneAndDialledThere() {
    Reply reply = hooks.call(call("+15550001001"));

    assertThat(rooms(B)).contains(room);
    assertThat(rooms(A)).doesNotContain(room);
    assertThat(B.dispatchedAgents(room)).containsExactly(TwoLiveKits.AGENT_OF_B);
    JsonNode target = reply.dial().at("/target/0");
    assertThat(target.path("sipUri").asText()).contains(room + "@sip-b.example.test");
    assertThat(target.at("/auth/username").asText()).isEqualTo("user-b");
    assertThat(record().path("project").asText()).isEqualTo("b");
  }

  @Test
  void anyOtherNumberIsOfTheEnvironmentVariablesProject() {
    Reply reply = hooks.call(call("+15550009000"));

    assertThat(rooms(A)).contains(room);
    assertThat(rooms(B)).doesNotContain(room);
    assertThat(A.dispatchedAgents(room)).containsExactly(TwoLiveKits.AGENT);
    assertThat(reply.dial().at("/target/0/sipUri").asText()).contains("@sip-a.example.test");
    assertThat(record().path("project").asText()).isEqualTo("default");
  }

  @Test
  void anOutageOfOneProjectOpensNoBreakerOfAnother() {
    for (int i = 0; i < 12; i++) {
      assertThat(hooks.call(call("+15550001003", UUID.randomUUID().toString())).verbs())
          .isEqualTo("play sip:decline:480 hangup");
    }

    assertThat(livekits.of("down").breaker().getState()).isEqualTo(State.OPEN);
    assertThat(livekits.of("b").breaker().getState()).isEqualTo(State.CLOSED);
    assertThat(livekits.standard().breaker().getState()).isEqualTo(State.CLOSED);
    assertThat(hooks.call(call("+15550001001")).verbs()).isEqualTo("dial hangup");
    assertThat(rooms(B)).contains(room);
    assertThat(openness("down")).isEqualTo(1);
    assertThat(openness("b")).isZero();
  }

  @Test
  void aCallWhoseProjectIsDownIsRegisteredAndAnsweredInTheOneThatItsLadderNames() {
    Reply reply = hooks.call(call("+15550001002"));

    assertThat(reply.dial().at("/target/0/sipUri").asText()).contains("@sip-b.example.test");
    assertThat(B.dispatchedAgents(room)).containsExactly(TwoLiveKits.AGENT_OF_B);
    List<LegEvent> caller = new CopyOnWriteArrayList<>();
    PhoneLeg leg = invite(B, caller);
    await().until(() -> caller.stream().anyMatch(event -> event.code() == 200));
    leg.hangUp();
    hooks.event(hook(reply), ended("completed", 200));
    await()
        .untilAsserted(
            () -> {
              JsonNode record = record();
              assertThat(record.path("project").asText()).isEqualTo("b");
              assertThat(rungs(record)).containsExactly("project:b");
              assertThat(record.path("state").asText()).isEqualTo("ended");
            });
  }

  @Test
  void anOpenBreakerSendsCallersToTheOtherProjectAtOnce() {
    livekits.of("down").breaker().transitionToOpenState();

    assertThat(hooks.call(call("+15550001002")).dial().at("/target/0/sipUri").asText())
        .contains("@sip-b.example.test");
    assertThat(rooms(B)).contains(room);
  }

  @Test
  void aDialThatFailedIsFollowedByTheSameCallInTheOtherProject() {
    Reply first = hooks.call(call("+15550001004"));
    assertThat(rooms(A)).contains(room);

    Reply second = Hooks.playable(hooks.event(hook(first), ended("failed", 503)));

    assertThat(second.dial().at("/target/0/sipUri").asText()).contains("@sip-b.example.test");
    assertThat(B.dispatchedAgents(room)).containsExactly("own-agent");
    await().until(() -> !rooms(A).contains(room));
    Reply last = Hooks.playable(hooks.event(hook(second), ended("failed", 503)));
    assertThat(last.verbs()).isEqualTo("sip:decline:486 hangup");
    await().until(() -> !rooms(B).contains(room));
    await()
        .untilAsserted(
            () -> assertThat(rungs(record())).containsExactly("room", "project:b", "decline:486"));
  }

  @Test
  void bothProjectsDownLeaveTheRestOfTheLadder() {
    livekits.of("b").breaker().transitionToOpenState();

    assertThat(hooks.call(call("+15550001002")).verbs()).isEqualTo("play sip:decline:480 hangup");
    assertThat(rooms(B)).doesNotContain(room);
  }

  @Test
  void aRateThatIsUsedUpIsThatOfItsProjectAlone() {
    hooks.call(call("+15550001005", UUID.randomUUID().toString()));

    Reply over = hooks.call(call("+15550001005"));
    Reply elsewhere = hooks.call(call("+15550001006", "b-" + sid));
    Reply other = hooks.call(call("+15550009000", "a-" + sid));

    assertThat(over.dial().at("/target/0/sipUri").asText()).contains(room);
    assertThat(rooms(A)).doesNotContain(room).contains("call-a-" + sid);
    assertThat(elsewhere.dial().at("/target/0/sipUri").asText()).contains("@sip-b.example.test");
    assertThat(rooms(B)).contains("call-b-" + sid);
    assertThat(other.verbs()).isEqualTo("dial hangup");
    assertThat(metrics.find("gateway.livekit.requests.left").gauges())
        .extracting(gauge -> gauge.getId().getTag("project"))
        .containsExactly("rare");
  }

  @Test
  void aCallerWhomNobodyRingsBackWaitsForTheOtherProject() throws Exception {
    Reply first = hooks.call(call("+15550001007"));
    assertThat(first.verbs()).startsWith("tag play redirect");

    await()
        .untilAsserted(
            () -> {
              waiting(first);
              assertThat(rooms(B)).contains(room);
            });
    OutboundLeg leg = rungBack.poll(5, TimeUnit.SECONDS);

    assertThat(leg).isNotNull();
    assertThat(B.dispatchedAgents(room)).containsExactly(TwoLiveKits.AGENT_OF_B);
    assertThat(A.rooms()).noneMatch(one -> one.getName().equals(room));
  }

  @Test
  void aCallIsHungUpInItsProject() {
    hooks.call(call("+15550001001"));
    await().until(() -> rooms(B).contains(room));

    assertThat(hooks.send("DELETE", "/livekit-api/calls/" + sid).status()).isEqualTo(204);

    assertThat(rooms(B)).doesNotContain(room);
  }

  @Test
  void anOutageSwitchOfAProjectSendsItsCallersToTheNextOne() {
    outages("{\"on\": true, \"project\": \"default\"}");
    try {
      assertThat(hooks.call(call("+15550001004")).dial().at("/target/0/sipUri").asText())
          .contains("@sip-b.example.test");
      assertThat(rooms(A)).doesNotContain(room);
      assertThat(rooms(B)).contains(room);
      assertThat(hooks.call(call("+15550001001", "b-" + sid)).verbs()).isEqualTo("dial hangup");
    } finally {
      outages("{\"on\": false, \"project\": \"default\"}");
    }
    assertThat(hooks.call(call("+15550001004", "a-" + sid)).verbs()).isEqualTo("dial hangup");
    assertThat(rooms(A)).contains("call-a-" + sid);
  }

  @Test
  void aProjectThatIsSwitchedOffIsNoRungOfAnyLadder() {
    outages("{\"on\": true, \"project\": \"b\"}");
    try {
      assertThat(hooks.call(call("+15550001002")).verbs()).isEqualTo("play sip:decline:480 hangup");
      assertThat(rooms(B)).doesNotContain(room);
    } finally {
      outages("{\"on\": false, \"project\": \"b\"}");
    }
  }

  @Test
  void anOutageSwitchOfAProjectLiftsNoLimitOfANumber() {
    outages("{\"on\": true, \"project\": \"default\"}");
    try {
      assertThat(hooks.call(call("+15550001008")).verbs()).isEqualTo("sip:decline:486 hangup");
      assertThat(hooks.call(call("+15550001009", "1-" + sid)).verbs()).isEqualTo("dial hangup");
      assertThat(hooks.call(call("+15550001009", "2-" + sid)).verbs())
          .isEqualTo("sip:decline:486 hangup");
      assertThat(rooms(B)).contains("call-1-" + sid).doesNotContain(room, "call-2-" + sid);
    } finally {
      outages("{\"on\": false, \"project\": \"default\"}");
    }
  }

  private void outages(String wish) {
    ResponseEntity<String> answer =
        management.exchange(
            RequestEntity.put("/outage")
                .headers(login -> login.setBasicAuth("ops", "s3cret"))
                .contentType(MediaType.APPLICATION_JSON)
                .body(wish),
            String.class);
    assertThat(answer.getStatusCode().value()).as(answer.getBody()).isEqualTo(200);
  }

  @Test
  void aListOfCallsMayBeThatOfOneProject() {
    hooks.call(call("+15550001001"));
    await()
        .untilAsserted(
            () ->
                assertThat(sids("/livekit-api/calls?state=all&limit=500&project=b")).contains(sid));

    assertThat(sids("/livekit-api/calls?state=all&limit=500&project=default")).doesNotContain(sid);
    Reply unknown = hooks.get("/livekit-api/calls?project=nowhere");
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.body()).contains("project must be one of default, b, down, rare.");
  }

  private List<String> sids(String address) {
    return hooks.get(address).json().findValuesAsText("call_sid");
  }

  private String call(String to) {
    return call(to, sid);
  }

  private static String call(String to, String sid) {
    return """
        {"call_sid": "%s", "direction": "inbound", "from": "+15550002000", "to": "%s"}"""
        .formatted(sid, to);
  }

  private String ended(String status, int sip) {
    return """
        {"call_sid": "%s", "direction": "inbound", "from": "+15550002000", "to": "+15550001000",
         "call_status": "%s", "dial_call_status": "%s", "dial_sip_status": %d,
         "dial_call_sid": "%s"}"""
        .formatted(sid, sip == 200 ? "completed" : "trying", status, sip, UUID.randomUUID());
  }

  private static String hook(Reply reply) {
    return reply.dial().path("actionHook").asText();
  }

  private void waiting(Reply first) {
    String redirect = first.json().findValue("actionHook").asText();
    hooks.event(redirect, call("+15550001007").replace("}", ", \"call_status\": \"trying\"}"));
  }

  private PhoneLeg invite(SandboxLiveKit livekit, List<LegEvent> caller) {
    return livekit.invite(
        Invite.of("+15550002000", room, "192.0.2.1")
            .withCredentials(Credentials.of("user-b", "password-b")),
        Map.of(),
        caller::add);
  }

  private JsonNode record() {
    await().until(() -> hooks.get("/livekit-api/calls/" + sid).status() == 200);
    return hooks.get("/livekit-api/calls/" + sid).json();
  }

  private static List<String> rungs(JsonNode record) {
    List<String> rungs = new ArrayList<>();
    record.path("rungs").forEach(rung -> rungs.add(rung.asText()));
    return rungs;
  }

  private double openness(String project) {
    return metrics.get("gateway.livekit.breaker.open").tag("project", project).gauge().value();
  }

  private static List<String> rooms(SandboxLiveKit livekit) {
    return livekit.rooms().stream().map(Room::getName).toList();
  }
}
