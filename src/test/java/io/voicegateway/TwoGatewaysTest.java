package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.voicegateway.record.TestDatabase;
import io.voicegateway.sandbox.FarEnd;
import io.voicegateway.sandbox.OutboundLeg;
import io.voicegateway.sandbox.SandboxLiveKit;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Two gateways that share a PostgreSQL: switches and limits are those of both. */
class TwoGatewaysTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String JAMBONZ = "jambonz.sandbox.invalid";
  private static final String ONE_CALL = "+15550001003";
  private static final String NO_LIMIT = "+15550001004";

  private static TestDatabase database;
  private static Instance first;
  private static Instance second;

  /** A gateway that serves. */
  private record Instance(ConfigurableApplicationContext context) {

    static Instance start() {
      return new Instance(
          new SpringApplicationBuilder(Gateway.class)
              .run(
                  "--gateway.port=0",
                  "--server.port=0",
                  "--spring.jmx.enabled=false",
                  "--gateway.livekit.url=",
                  "--gateway.records.url=" + database.url(),
                  "--gateway.plan.file=src/test/resources/limits-plan.yaml",
                  "--gateway.plan.agent=voice-agent",
                  "--gateway.ops.password=s3cret",
                  "--gateway.admission.storms=false",
                  "--gateway.outbound.most-at-once=2",
                  "--gateway.sip.password=theirs",
                  "--gateway.dead-letters.directory=target/dead-letters/two-gateways"));
    }

    int management() {
      return Integer.parseInt(context.getEnvironment().getProperty("local.server.port"));
    }

    Hooks hooks() {
      return new Hooks(
          Integer.parseInt(context.getEnvironment().getProperty("local.gateway.port")));
    }

    SandboxLiveKit livekit() {
      return context.getBean(SandboxLiveKit.class);
    }

    /** An order for a call, until it is taken: others may be under way, or the database away. */
    Hooks.Reply order(String key) {
      return await().atMost(SOON).until(() -> ordered(key), reply -> reply.status() == 202);
    }

    Hooks.Reply ordered(String key) {
      byte[] order =
          "{\"to\": \"%s\", \"from\": \"%s\", \"ringing_timeout\": 5}"
              .formatted(ONE_CALL, NO_LIMIT)
              .getBytes(StandardCharsets.UTF_8);
      String login =
          Base64.getEncoder().encodeToString("ops:s3cret".getBytes(StandardCharsets.UTF_8));
      List<String> headers = new ArrayList<>(List.of("Authorization", "Basic " + login));
      if (!key.isEmpty()) {
        headers.addAll(List.of("Idempotency-Key", key));
      }
      return hooks()
          .post("/livekit-api/calls", order, "application/json", headers.toArray(new String[0]));
    }

    String verbs(String sid, String to) {
      byte[] hook =
          """
          {"call_sid": "%s", "direction": "inbound", "from": "+15550002000", "to": "%s"}"""
              .formatted(sid, to)
              .getBytes(StandardCharsets.UTF_8);
      Hooks.Reply reply = hooks().call("/livekit-api", hook, "application/json");
      return reply.dial().at("/target/0/number").asText(reply.verbs());
    }

    void leg(String sid, String status, int sip) {
      hooks()
          .event(
              "/livekit-api/status",
              """
              {"call_sid": "%1$s-far", "parent_call_sid": "%1$s", "direction": "outbound",
               "call_status": "%2$s", "sip_status": %3$d}"""
                  .formatted(sid, status, sip));
    }

    JsonNode calls(String path) {
      return Hooks.ofOperator(
              Integer.parseInt(context.getEnvironment().getProperty("local.gateway.port")))
          .get("/livekit-api/calls" + path)
          .json();
    }

    void over(String sid, String to) {
      hooks()
          .event(
              "/livekit-api/status",
              """
              {"call_sid": "%s", "from": "+15550002000", "to": "%s", "call_status": "completed",
               "sip_status": 200, "call_termination_by": "caller", "duration": 1}"""
                  .formatted(sid, to));
    }
  }

  /** A call of which every other hook comes to the other gateway; its id. */
  private static String callInTurn(int number) {
    Instance one = number % 2 == 0 ? first : second;
    Instance other = number % 2 == 0 ? second : first;
    String sid = sid();
    one.verbs(sid, NO_LIMIT);
    other.leg(sid, "trying", 100);
    one.leg(sid, "in-progress", 200);
    other.over(sid, NO_LIMIT);
    return sid;
  }

  @BeforeAll
  static void start() throws SQLException {
    database = TestDatabase.postgres();
    first = Instance.start();
    second = Instance.start();
  }

  @AfterAll
  static void stop() throws SQLException {
    if (database != null) {
      first.context.close();
      second.context.close();
      database.close();
    }
  }

  @Test
  void callsWhoseHooksComeToBothInTurnAreTheSameAtBoth() {
    List<String> sids =
        IntStream.range(0, 40).parallel().mapToObj(TwoGatewaysTest::callInTurn).toList();

    await().atMost(SOON).until(() -> sids.stream().allMatch(TwoGatewaysTest::isWholeAtBoth));
    assertThat(second.calls("?state=ended&limit=100"))
        .isEqualTo(first.calls("?state=ended&limit=100"));
    assertThat(first.calls("?state=ended&limit=100").findValuesAsText("call_sid"))
        .containsAll(sids);
  }

  /** Over, with all that both heard: the hook, its answer, two states of the leg and the end. */
  private static boolean isWholeAtBoth(String sid) {
    JsonNode call = first.calls("/" + sid);
    return call.path("state").asText().equals("ended")
        && !call.path("durations").path("talk_ms").isMissingNode()
        && call.equals(second.calls("/" + sid));
  }

  @Test
  void theOutageSwitchOfOneIsThatOfTheOtherWithinFiveSeconds() {
    Switches.set(first.management(), true, NO_LIMIT);

    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> Switches.get(second.management(), "").path("outages").size() == 1);
    assertThat(second.verbs(sid(), NO_LIMIT)).isEqualTo("sip:decline:486 hangup");

    Switches.set(second.management(), false, NO_LIMIT);

    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> Switches.get(first.management(), "").path("outages").isEmpty());
    assertThat(first.verbs(sid(), NO_LIMIT)).isEqualTo("dial hangup");
  }

  @Test
  void theMostCallsAtATimeAreThoseOfBothTogether() {
    String call = sid();
    assertThat(first.verbs(call, ONE_CALL)).isEqualTo("dial hangup");

    await().atMost(SOON).until(() -> isTurnedAway(second));
    assertThat(isTurnedAway(first)).isTrue();

    second.over(call, ONE_CALL);

    await().atMost(SOON).until(() -> !isTurnedAway(second));
  }

  @Test
  void withoutTheDatabaseEachKeepsItsSwitchesAndCountsItsOwnCalls() throws SQLException {
    Switches.set(first.management(), true, "+15550001005");
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> Switches.get(second.management(), "").path("outages").size() == 1);
    database.takeAway();
    try {
      await()
          .atMost(SOON)
          .until(() -> !Switches.get(first.management(), "").path("written").asBoolean());

      assertThat(second.verbs(sid(), "+15550001005")).isEqualTo("play sip:decline:480 hangup");
      assertThat(Switches.set(first.management(), true, "*").path("written").asBoolean()).isFalse();
      assertThat(first.verbs(sid(), NO_LIMIT)).isEqualTo("sip:decline:486 hangup");
    } finally {
      database.giveBack();
    }

    await()
        .atMost(SOON)
        .until(() -> Switches.get(second.management(), "").path("outages").size() == 2);
    Switches.set(second.management(), false, "*");
    Switches.set(second.management(), false, "+15550001005");
    await()
        .atMost(SOON)
        .until(() -> Switches.get(first.management(), "").path("outages").isEmpty());
  }

  @Test
  void theSameKeyIsTheSameCallAtBoth() throws Exception {
    String key = sid();
    BlockingQueue<OutboundLeg> legs = new LinkedBlockingQueue<>();
    first.livekit().farEnd(JAMBONZ, legs::add);
    second.livekit().farEnd(JAMBONZ, legs::add);

    List<CompletableFuture<Hooks.Reply>> orders =
        Stream.of(first, second, first, second)
            .map(gateway -> CompletableFuture.supplyAsync(() -> gateway.order(key)))
            .toList();

    assertThat(orders)
        .extracting(order -> order.join().body())
        .containsOnly(orders.get(0).join().body());
    OutboundLeg leg = legOf(orders.get(0).join(), legs);
    OutboundLeg next = legs.poll(300, TimeUnit.MILLISECONDS);
    leg.refuse(486);
    if (next != null) {
      next.refuse(486);
      assertThat(next.room()).isNotEqualTo(leg.room());
    }
  }

  @Test
  void aTokenThatOneLetInIsUsedUpAtTheOtherToo() throws Exception {
    BlockingQueue<OutboundLeg> legs = new LinkedBlockingQueue<>();
    first.livekit().farEnd(JAMBONZ, legs::add);
    OutboundLeg leg = legOf(first.order(""), legs);

    assertThat(arrives(first, "leg-one", leg)).isEqualTo("tag dial hangup");
    assertThat(arrives(second, "leg-two", leg)).isEqualTo("sip:decline:403 hangup");
    assertThat(arrives(second, "leg-one", leg)).isEqualTo("tag dial hangup");
    leg.refuse(486);
  }

  @Test
  void theMostCallsThatAreOrderedAtATimeAreThoseOfBothTogether() throws Exception {
    BlockingQueue<OutboundLeg> legs = new LinkedBlockingQueue<>();
    first.livekit().farEnd(JAMBONZ, legs::add);
    second.livekit().farEnd(JAMBONZ, legs::add);
    OutboundLeg one = legOf(first.order(""), legs);
    OutboundLeg other = legOf(second.order(""), legs);

    assertThat(first.ordered("").status()).isEqualTo(429);
    assertThat(second.ordered("").status()).isEqualTo(429);
    one.refuse(486);
    other.refuse(486);
    second.livekit().farEnd(JAMBONZ, FarEnd.refuses(486));
    first.livekit().farEnd(JAMBONZ, FarEnd.refuses(486));
    assertThat(first.order("").status()).isEqualTo(202);
  }

  @Test
  void withoutTheDatabaseAnOrderWithAKeyIsRefusedAndOneWithoutIsPlaced() throws SQLException {
    first.livekit().farEnd(JAMBONZ, FarEnd.refuses(486));
    database.takeAway();
    try {
      await().atMost(SOON).until(() -> first.ordered(sid()).status() == 503);

      assertThat(first.ordered(sid()).json().path("error").asText()).contains("database is away");
      assertThat(first.order("").status()).isEqualTo(202);
    } finally {
      database.giveBack();
    }
    await().atMost(SOON).until(() -> first.order(sid()).status() == 202);
  }

  /** The leg of that order; those of orders before it find nobody. */
  private static OutboundLeg legOf(Hooks.Reply ordered, BlockingQueue<OutboundLeg> legs)
      throws InterruptedException {
    String room = ordered.json().path("room").asText();
    OutboundLeg leg = legs.poll(10, TimeUnit.SECONDS);
    while (leg != null && !leg.room().equals(room)) {
      leg.refuse(486);
      leg = legs.poll(10, TimeUnit.SECONDS);
    }
    assertThat(leg).as("a leg of " + room).isNotNull();
    return leg;
  }

  private static String arrives(Instance gateway, String leg, OutboundLeg fromLiveKit) {
    return gateway
        .hooks()
        .call(
            "/livekit-api/callback",
            Hooks.legFromLiveKit(leg, fromLiveKit.headers(), fromLiveKit.to()),
            "application/json")
        .verbs();
  }

  /** Whether another call goes to the person instead; one that does not is over at once. */
  private static boolean isTurnedAway(Instance gateway) {
    String sid = sid();
    boolean turnedAway = gateway.verbs(sid, ONE_CALL).equals("+15550009999");
    if (!turnedAway) {
      gateway.over(sid, ONE_CALL);
    }
    return turnedAway;
  }

  private static String sid() {
    return UUID.randomUUID().toString();
  }
}
