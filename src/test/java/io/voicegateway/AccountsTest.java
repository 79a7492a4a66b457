package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import io.voicegateway.Hooks.Reply;
import io.voicegateway.jambonz.Signing;
import io.voicegateway.livekit.api.LiveKits;
import io.voicegateway.sandbox.OutboundLeg;
import io.voicegateway.sandbox.SandboxWorker;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import livekit.LivekitModels.Room;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Two Jambonz accounts with a LiveKit project each: nobody of one opens anything of the other. */
@GatewayTest
@TestPropertySource(
    properties = {
      "gateway.jambonz.webhook-secrets=secret-of-a, older-secret-of-a",
      "gateway.jambonz-api.account-sid=account-a",
      "gateway.jambonz-api.key=key-of-account-a",
      "gateway.jambonz.public-url=https://gateway.example.test",
      "gateway.projects.b.jambonz.account-sid=account-b",
      "gateway.projects.b.jambonz.webhook-secrets=secret-of-b",
      "gateway.projects.b.jambonz.api-key=key-of-account-b",
      "gateway.rooms.first-sweep=600000",
      "gateway.agent.patience=500ms",
      "gateway.dead-letters.directory=target/dead-letters/accounts"
    })
class AccountsTest {

  private static final TwoLiveKits LIVEKITS = TwoLiveKits.start();
  private static final MockWebServer JAMBONZ_A = new MockWebServer();
  private static final MockWebServer JAMBONZ_B = new MockWebServer();

  @DynamicPropertySource
  static void projects(DynamicPropertyRegistry properties) throws IOException {
    LIVEKITS.set(properties);
    JAMBONZ_A.start();
    JAMBONZ_B.start();
    properties.add("gateway.jambonz-api.url", () -> JAMBONZ_A.url("/").toString());
    properties.add("gateway.projects.b.jambonz.api-url", () -> JAMBONZ_B.url("/").toString());
    properties.add("gateway.plan.file", () -> "src/test/resources/accounts.yaml");
  }

  @AfterAll
  static void stop() {
    LIVEKITS.close();
    JAMBONZ_A.close();
    JAMBONZ_B.close();
  }

  @Autowired private LiveKits livekits;

  @Value("${local.gateway.port}")
  private int port;

  private final String sid = UUID.randomUUID().toString();
  private final String room = "call-" + sid;
  private final BlockingQueue<OutboundLeg> called = new LinkedBlockingQueue<>();
  private Hooks hooks;

  @BeforeEach
  void prepare() {
    hooks = Hooks.ofOperator(port);
    LIVEKITS.b.farEnd(TwoLiveKits.JAMBONZ, called::add);
    LIVEKITS.b.webhooksTo(URI.create("http://127.0.0.1:" + port + "/livekit-events"));
  }

  @Test
  void theAccountOfACallChoosesItsProject() {
    assertThat(call("account-b", "secret-of-b").dial().at("/target/0/sipUri").asText())
        .contains("@sip-b.example.test");

    assertThat(roomsOf("b")).contains(room);
    assertThat(LIVEKITS.b.dispatchedAgents(room)).containsExactly(TwoLiveKits.AGENT_OF_B);
    assertThat(roomsOf("a")).doesNotContain(room);
  }

  @ParameterizedTest
  @CsvSource({
    "account-a,     secret-of-a,       true",
    "account-a,     older-secret-of-a, true",
    "account-a,     secret-of-b,       false",
    "account-b,     secret-of-a,       false",
    "account-b,     secret-of-b,       true",
    "'',            secret-of-a,       true",
    "'',            secret-of-b,       false",
    "account-other, secret-of-a,       true",
    "account-other, secret-of-b,       false",
  })
  void aHookIsBelievedWhenTheSecretOfItsAccountSignedIt(
      String account, String secret, boolean believed) {
    assertThat(call(account, secret).verbs())
        .isEqualTo(believed ? "dial hangup" : "sip:decline:403 hangup");
  }

  /** Of two accounts in one body the one counts by which the call is planned. */
  @Test
  void aBodyWithTwoAccountsIsOfTheOneThatIsRead() {
    String body =
        """
        {"call_sid": "%s", "direction": "inbound", "from": "+15550002000", "to": "+15550009000",
         "account_sid": "account-a", "x": {"account_sid": "account-a"}, "account_sid": "account-b"}"""
            .formatted(sid);

    assertThat(post(body, "secret-of-a").verbs()).isEqualTo("sip:decline:403 hangup");
    assertThat(post(body, "secret-of-b").verbs()).isEqualTo("dial hangup");
    assertThat(roomsOf("b")).contains(room);
  }

  @ParameterizedTest
  @CsvSource({"key-a, a, 200", "key-b, b, 200", "key-a, b, 401", "key-b, a, 401", "key-c, a, 401"})
  void aWebhookIsBelievedWhenTheSecretOfItsKeySignedIt(String key, String secret, int status)
      throws NoSuchAlgorithmException {
    byte[] body =
        "{\"event\":\"room_started\",\"id\":\"EV_1\",\"room\":{\"name\":\"other\"}}"
            .getBytes(StandardCharsets.UTF_8);
    String hash =
        Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(body));
    String token =
        JWT.create()
            .withIssuer(key)
            .withClaim("sha256", hash)
            .withExpiresAt(Instant.now().plusSeconds(60))
            .sign(Algorithm.HMAC256(secret + TwoLiveKits.SECRET));

    assertThat(
            hooks
                .post("/livekit-events", body, "application/webhook+json", "Authorization", token)
                .status())
        .isEqualTo(status);
  }

  @Test
  void whatALiveKitTellsOfACallStandsInItsRecord() {
    call("account-b", "secret-of-b");

    await()
        .untilAsserted(
            () ->
                assertThat(hooks.get("/livekit-api/calls/" + sid).body())
                    .contains("\"project\":\"b\"", "\"in-room\""));
  }

  @Test
  void anAgentThatDoesNotComeIsAskedForAgainInTheCallsProject() {
    LIVEKITS.b.unregister(TwoLiveKits.AGENT_OF_B);
    try {
      call("account-b", "secret-of-b");

      await()
          .untilAsserted(
              () ->
                  assertThat(LIVEKITS.b.dispatchedAgents(room))
                      .containsExactly(TwoLiveKits.AGENT_OF_B, TwoLiveKits.AGENT_OF_B));
      assertThat(roomsOf("a")).doesNotContain(room);
    } finally {
      LIVEKITS.b.register(SandboxWorker.slow(TwoLiveKits.AGENT_OF_B, Duration.ofMillis(20)));
    }
  }

  @Test
  void aCallIsHungUpAtItsOwnJambonz() throws InterruptedException {
    call("account-b", "secret-of-b");
    JAMBONZ_B.enqueue(new MockResponse.Builder().code(202).build());

    assertThat(hooks.send("DELETE", "/livekit-api/calls/" + sid).status()).isEqualTo(204);

    RecordedRequest request = JAMBONZ_B.takeRequest(5, TimeUnit.SECONDS);
    assertThat(request.getTarget()).isEqualTo("/v1/Accounts/account-b/Calls/" + sid);
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer key-of-account-b");
    assertThat(roomsOf("b")).doesNotContain(room);
  }

  @Test
  void aTransferByHttpGoesToTheCallsJambonzAndComesBackIntoItsProject() throws Exception {
    call("account-b", "secret-of-b");
    JAMBONZ_B.enqueue(new MockResponse.Builder().code(202).build());

    Reply ordered =
        hooks.event("/livekit-api/calls/" + sid + "/transfer", "{\"to\": \"+15550007001\"}");

    assertThat(ordered.status()).as(ordered.body()).isEqualTo(202);
    RecordedRequest request = JAMBONZ_B.takeRequest(5, TimeUnit.SECONDS);
    assertThat(backFrom(request, "account-b", "secret-of-b"))
        .contains(room + "@sip-b.example.test");
  }

  @Test
  void aCallMayBePlacedFromAProject() throws Exception {
    Reply ordered =
        hooks.event(
            "/livekit-api/calls",
            "{\"to\": \"+15550007001\", \"from\": \"+15550009001\", \"project\": \"b\"}");

    assertThat(ordered.status()).as(ordered.body()).isEqualTo(202);
    String placed = ordered.json().path("room").asText();
    OutboundLeg leg = called.poll(5, TimeUnit.SECONDS);
    assertThat(leg).isNotNull();
    assertThat(roomsOf("b")).contains(placed);
    assertThat(roomsOf("a")).doesNotContain(placed);
    assertThat(LIVEKITS.b.dispatchedAgents(placed)).containsExactly(TwoLiveKits.AGENT_OF_B);
  }

  @Test
  void aCallIsPlacedFromNoProjectThatIsNotThere() {
    Reply ordered =
        hooks.event("/livekit-api/calls", "{\"to\": \"+15550007001\", \"project\": \"nowhere\"}");

    assertThat(ordered.status()).isEqualTo(400);
    assertThat(ordered.body()).contains("project must be one of default, b, down, rare.");
  }

  @Test
  void aPersonIsInvitedIntoTheRoomOfTheCallsProject() throws Exception {
    call("account-b", "secret-of-b");

    Thread invitation =
        new Thread(
            () ->
                hooks.event(
                    "/livekit-api/calls/" + sid + "/invite",
                    "{\"to\": \"+15550007001\", \"ringing_timeout\": 5}"));
    invitation.start();
    OutboundLeg leg = called.poll(5, TimeUnit.SECONDS);

    assertThat(leg).isNotNull();
    await()
        .untilAsserted(
            () ->
                assertThat(LIVEKITS.b.participants(room))
                    .anyMatch(who -> who.getIdentity().startsWith("person-")));
    leg.answer();
    invitation.join(10_000);
  }

  /** Its SIP login would stand in the verbs. */
  @Test
  void anAccountThatIsAnotherProjectsOwnIsNotDialledIntoAProjectThatItsHookNames() {
    Reply theirs = post(hook("account-b", "+15550009001", ""), "secret-of-b");

    assertThat(theirs.dial().at("/target/0/sipUri").asText()).contains("@sip-b.example.test");
    assertThat(theirs.body()).doesNotContain("user-a", "password-a");
    assertThat(roomsOf("a")).doesNotContain(room);
  }

  @Test
  void theGatewaysOwnAccountIsDialledIntoWhateverProjectItsNumbersName() {
    Reply ours = post(hook("account-a", "+15550009002", ""), "secret-of-a");

    assertThat(ours.dial().at("/target/0/sipUri").asText()).contains("@sip-b.example.test");
    assertThat(roomsOf("b")).contains(room);
  }

  /** Its leg would reach the project's Jambonz, and the caller waits in another. */
  @Test
  void noLiveKitRingsBackToACallerOfAnotherAccount() {
    Reply ours = post(hook("account-a", "+15550009003", ""), "secret-of-a");

    assertThat(ours.verbs()).isEqualTo("sip:decline:486 hangup");
    assertThat(roomsOf("b")).doesNotContain(room);
    assertThat(post(hook("account-b", "+15550009003", ""), "secret-of-b").verbs())
        .startsWith("tag play redirect");
  }

  @Test
  void nobodyWaitsOnALaterRungForAProjectThatRingsBackIntoAnotherAccount() {
    Reply waits = post(hook("account-a", "+15550009004", ""), "secret-of-a");
    assertThat(waits.verbs()).startsWith("tag play redirect");
    String ask =
        waits.json().findValue("actionHook").asText().replace("https://gateway.example.test", "");

    await()
        .untilAsserted(
            () ->
                assertThat(
                        post(
                                ask,
                                hook("account-a", "+15550009004", ", \"call_status\": \"trying\""),
                                "secret-of-a")
                            .verbs())
                    .isEqualTo("sip:decline:486 hangup"));
    assertThat(roomsOf("b")).doesNotContain(room);
  }

  @Test
  void aTransferOfACallWhoseRoomTellsNothingComesBackIntoItsProjectToo() throws Exception {
    post(hook("account-a", "+15550009002", ""), "secret-of-a");
    livekits.of("b").rooms().delete(room);
    JAMBONZ_B.enqueue(new MockResponse.Builder().code(404).build());
    JAMBONZ_A.enqueue(new MockResponse.Builder().code(202).build());

    Reply ordered =
        hooks.event("/livekit-api/calls/" + sid + "/transfer", "{\"to\": \"+15550007001\"}");

    assertThat(ordered.status()).as(ordered.body()).isEqualTo(202);
    JAMBONZ_B.takeRequest(5, TimeUnit.SECONDS);
    RecordedRequest request = JAMBONZ_A.takeRequest(5, TimeUnit.SECONDS);
    assertThat(backFrom(request, "account-a", "secret-of-a"))
        .contains(room + "@sip-b.example.test");
  }

  /** Where the caller is dialled to when the person does not answer. */
  private String backFrom(RecordedRequest redirect, String account, String secret) {
    String refer = redirect.getBody().utf8().replaceAll(".*(/livekit-api/refer[^\"]*).*", "$1");
    Reply person = post(refer, hook(account, ", \"call_status\": \"in-progress\""), secret);
    assertThat(person.dial().at("/target/0/number").asText()).isEqualTo("+15550007001");
    Reply back =
        post(
            person.dial().path("actionHook").asText().replace("https://gateway.example.test", ""),
            hook(
                account,
                ", \"call_status\": \"in-progress\", \"dial_call_status\": \"no-answer\","
                    + " \"dial_sip_status\": 480"),
            secret);
    return back.dial().at("/target/0/sipUri").asText();
  }

  private Reply call(String account, String secret) {
    return post(hook(account, ""), secret);
  }

  private String hook(String account, String more) {
    return hook(account, "+15550009000", more);
  }

  private String hook(String account, String to, String more) {
    return """
        {"call_sid": "%s", "direction": "inbound", "from": "+15550002000", "to": "%s"%s%s}"""
        .formatted(
            sid, to, account.isEmpty() ? "" : ", \"account_sid\": \"" + account + "\"", more);
  }

  private Reply post(String json, String secret) {
    return post("/livekit-api", json, secret);
  }

  private Reply post(String path, String json, String secret) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    String signature = Signing.header(secret, Instant.now().getEpochSecond(), body);
    return hooks.call(path, body, "application/json", "Jambonz-Signature", signature);
  }

  private static List<String> roomsOf(String project) {
    return (project.equals("b") ? LIVEKITS.b : LIVEKITS.a)
        .rooms().stream().map(Room::getName).toList();
  }
}
