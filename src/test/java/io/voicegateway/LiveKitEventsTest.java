package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.voicegateway.Hooks.Reply;
import io.voicegateway.call.record.CallEvent.InRoom;
import io.voicegateway.call.record.RoomEvent;
import io.voicegateway.livekit.RecordedWebhook;
import io.voicegateway.sandbox.SandboxLiveKit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** What LiveKit tells of rooms, and how little anybody else can tell. */
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
@Import({HeardEvents.class, SettableTime.class})
@TestPropertySource(
    properties = "gateway.dead-letters.directory=target/dead-letters/livekit-events")
class LiveKitEventsTest {

  private static final String PATH = "/livekit-events";
  private static final String TYPE = "application/webhook+json";
  private static final String CALL = "call-a-1";
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
    properties.add("gateway.livekit.api-key", () -> RecordedWebhook.KEY);
    properties.add("gateway.livekit.api-secret", () -> RecordedWebhook.SECRET);
    properties.add("gateway.jambonz.unsigned-allowed", () -> "true");
    properties.add("gateway.sip.uri", () -> "sip.example.test");
  }

  @AfterAll
  static void stop() {
    LIVEKIT.close();
  }

  @Autowired private AtomicReference<Instant> now;
  @Autowired private HeardEvents heard;
  @Autowired private MeterRegistry metrics;

  @Value("${local.gateway.port}")
  private int port;

  @Value("${gateway.dead-letters.directory}")
  private Path letters;

  private Hooks hooks;

  @BeforeEach
  void prepare() {
    hooks = new Hooks(port);
    Hooks.burnLetters(letters);
    heard.forget();
    now.set(RecordedWebhook.TIME);
  }

  static List<RecordedWebhook> recorded() {
    return RecordedWebhook.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recorded")
  void everyWebhookOfARealLiveKitIsTaken(RecordedWebhook webhook) {
    Reply reply = post(webhook.bytes(), webhook.authorization());

    assertThat(reply.status()).isEqualTo(200);
    assertThat(Hooks.letters(letters)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"full", "cancelled"})
  void aCallsWebhooksTellWhoCameWhoWasHeardAndWhoLeft(String scenario) {
    replay(scenario);

    List<InRoom> told = heard.of(InRoom.class);
    assertThat(told)
        .extracting(InRoom::what)
        .containsExactlyInAnyOrder(
            RoomEvent.AGENT_JOINED,
            RoomEvent.AGENT_HEARD,
            RoomEvent.PHONE_JOINED,
            RoomEvent.PHONE_LEFT,
            RoomEvent.AGENT_LEFT,
            RoomEvent.ROOM_ENDED);
    assertThat(told).extracting(InRoom::callSid).containsOnly(told.get(0).callSid());
    assertThat(told)
        .filteredOn(event -> event.what() == RoomEvent.PHONE_LEFT)
        .extracting(InRoom::reason)
        .containsExactly("CLIENT_INITIATED");
  }

  @Test
  void aWebhookThatComesTwiceHasTheSameKey() {
    replay("full");
    replay("full");

    assertThat(heard.of(InRoom.class))
        .hasSize(12)
        .extracting(InRoom::key)
        .containsOnly(
            heard.of(InRoom.class).stream().map(InRoom::key).distinct().toArray(String[]::new));
    assertThat(heard.of(InRoom.class).stream().map(InRoom::key).distinct()).hasSize(6);
  }

  @Test
  void theRoomsOfCallsThatTheDoctorPlacesAreNobodysCalls() {
    postSigned(
        """
        {"event":"participant_joined","id":"EV_2","room":{"name":"call-doctor-1"},
         "participant":{"identity":"sip_doctor","kind":"SIP"}}""");

    assertThat(heard.of(InRoom.class)).noneMatch(event -> event.callSid().startsWith("doctor"));
  }

  @Test
  void anAgentThatComesBackIsToldAsADuplicate() {
    postSigned(
        """
        {"event":"participant_left","id":"EV_1","room":{"name":"%s"},
         "participant":{"identity":"agent-1","kind":"AGENT","disconnectReason":"DUPLICATE_IDENTITY"}}"""
            .formatted(CALL));

    assertThat(heard.of("a-1", InRoom.class))
        .extracting(InRoom::what, InRoom::reason)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(RoomEvent.AGENT_LEFT, "DUPLICATE_IDENTITY"));
  }

  @Test
  void anAgentWithAnIdentityOfItsOwnIsHeardToo() {
    postSigned(
        """
        {"event":"participant_joined","id":"EV_1","room":{"name":"%s"},
         "participant":{"sid":"PA_own","identity":"susan","kind":"AGENT"}}"""
            .formatted(CALL));
    postSigned(
        """
        {"event":"track_published","id":"EV_2","room":{"name":"%s"},
         "participant":{"sid":"PA_own","identity":"susan"},"track":{"sid":"TR_1"}}"""
            .formatted(CALL));

    assertThat(heard.of("a-1", InRoom.class))
        .extracting(InRoom::what)
        .containsExactly(RoomEvent.AGENT_JOINED, RoomEvent.AGENT_HEARD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // a phone's track, an agent's video
        "{\"sid\":\"PA_1\",\"identity\":\"sip_+15550002000\"},\"track\":{\"sid\":\"TR_1\"}",
        "{\"identity\":\"agent-1\"},\"track\":{\"sid\":\"TR_1\",\"type\":\"VIDEO\"}"
      })
  void onlyAnAgentsSoundIsHeard(String participantAndTrack) {
    Reply reply =
        postSigned(
            "{\"event\":\"track_published\",\"id\":\"EV_1\",\"room\":{\"name\":\"%s\"},\"participant\":%s}"
                .formatted(CALL, participantAndTrack));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(heard.of(InRoom.class)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lobby", "call-", "call-a b", "recall-1", ""})
  void roomsThatAreNotOursAreNobodysCall(String room) {
    Reply reply =
        postSigned(
            "{\"event\":\"room_finished\",\"id\":\"EV_1\",\"room\":{\"name\":\"%s\"}}"
                .formatted(room));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(heard.of(InRoom.class)).isEmpty();
  }

  @Test
  void fieldsAndEventsOfALaterLiveKitDoNoHarm() {
    assertThat(
            postSigned(
                    """
                    {"event":"moon_rose","id":"EV_1","room":{"name":"%s","phase":{"of":"moon"}},
                     "participant":{"kind":"ROBOT","disconnectReason":"BORED"}}"""
                        .formatted(CALL))
                .status())
        .isEqualTo(200);
    assertThat(Hooks.letters(letters)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"event\":\"room_finished\"}", "nonsense"})
  void aGenuineWebhookThatCannotBeReadIsKept(String body) {
    Reply reply = postSigned(body);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(Hooks.letters(letters))
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.path("route").asText()).isEqualTo("livekit-events");
              assertThat(letter.path("step").asText()).isEqualTo("read-webhook");
              assertThat(letter.path("body").asText()).isEqualTo(body);
            });
  }

  @Test
  void anotherBodyIsRefused() {
    RecordedWebhook webhook = recorded().get(0);
    byte[] body = webhook.rawBody().replace("room_", "r00m_").getBytes(StandardCharsets.UTF_8);

    assertRefused(body, webhook.authorization());
  }

  @Test
  void anotherKeyIsRefused() {
    assertRefused(token -> token.withIssuer("otherkey"), RecordedWebhook.SECRET);
  }

  @Test
  void anotherSecretIsRefused() {
    assertRefused(token -> token, "another-another-another-another-another");
  }

  @Test
  void anExpiredTokenIsRefused() {
    assertRefused(token -> token.withExpiresAt(now.get().minusSeconds(6)), RecordedWebhook.SECRET);
  }

  @Test
  void aTokenOfTheFutureIsRefused() {
    assertRefused(token -> token.withNotBefore(now.get().plusSeconds(6)), RecordedWebhook.SECRET);
  }

  @Test
  void aClockThatIsFiveSecondsWrongDoesNoHarm() {
    byte[] body = body();

    assertThat(
            post(
                    body,
                    token(
                        body,
                        token -> token.withNotBefore(now.get().plusSeconds(5)),
                        RecordedWebhook.SECRET))
                .status())
        .isEqualTo(200);
    assertThat(
            post(
                    body,
                    token(
                        body,
                        token -> token.withExpiresAt(now.get().minusSeconds(4)),
                        RecordedWebhook.SECRET))
                .status())
        .isEqualTo(200);
  }

  @Test
  void aTokenThatNeverExpiresIsRefused() {
    byte[] body = body();
    String endless =
        JWT.create()
            .withIssuer(RecordedWebhook.KEY)
            .withClaim("sha256", hash(body))
            .sign(Algorithm.HMAC256(RecordedWebhook.SECRET));

    assertRefused(body, endless);
  }

  @Test
  void aTokenForTheApiIsRefused() {
    assertRefused(
        body(),
        JWT.create()
            .withIssuer(RecordedWebhook.KEY)
            .withExpiresAt(now.get().plusSeconds(60))
            .sign(Algorithm.HMAC256(RecordedWebhook.SECRET)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "Bearer x.y.z",
        "nonsense",
        // valid until a time that no clock can show
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJkZXZrZXkiLCJleHAiOjMxNTU2ODg5ODY0NDAzMjAwfQ.AA"
      })
  void noTokenIsRefused(String authorization) {
    assertRefused(body(), authorization);
  }

  @Test
  void theLogSaysItOnceAMinuteAndNeverTheToken(CapturedOutput output) {
    now.updateAndGet(then -> then.plusSeconds(100_000));
    String token = token(body(), made -> made, "another-another-another-another-another");

    post(body(), token);
    post(body(), token);

    assertThat(output.getOut().split("LiveKit webhook refused", -1)).hasSize(2);
    assertThat(output).doesNotContain(token.substring(0, 20));
  }

  private void replay(String scenario) {
    recorded().stream()
        .filter(webhook -> webhook.name().startsWith(scenario))
        .forEach(webhook -> post(webhook.bytes(), webhook.authorization()));
  }

  private void assertRefused(UnaryOperator<JWTCreator.Builder> change, String secret) {
    byte[] body = body();
    assertRefused(body, token(body, change, secret));
  }

  private void assertRefused(byte[] body, String authorization) {
    double strangers = strangers();

    Reply reply = post(body, authorization);

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.body()).isEmpty();
    assertThat(strangers()).isEqualTo(strangers + 1);
    assertThat(heard.of(InRoom.class)).isEmpty();
    assertThat(Hooks.letters(letters)).isEmpty();
  }

  private double strangers() {
    return metrics.find("gateway.webhooks.untrusted").counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  private static byte[] body() {
    return "{\"event\":\"room_finished\",\"id\":\"EV_1\",\"room\":{\"name\":\"%s\"}}"
        .formatted(CALL)
        .getBytes(StandardCharsets.UTF_8);
  }

  private Reply postSigned(String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    return post(body, token(body, token -> token, RecordedWebhook.SECRET));
  }

  private Reply post(byte[] body, String authorization) {
    return authorization.isBlank()
        ? hooks.post(PATH, body, TYPE)
        : hooks.post(PATH, body, TYPE, "Authorization", authorization);
  }

  private String token(byte[] body, UnaryOperator<JWTCreator.Builder> change, String secret) {
    return change
        .apply(
            JWT.create()
                .withIssuer(RecordedWebhook.KEY)
                .withNotBefore(now.get())
                .withExpiresAt(now.get().plusSeconds(300))
                .withClaim("sha256", hash(body)))
        .sign(Algorithm.HMAC256(secret));
  }

  private static String hash(byte[] body) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (java.security.NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
