package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.voicegateway.Hooks.Reply;
import io.voicegateway.jambonz.Signing;
import io.voicegateway.livekit.api.LiveKits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** The clock jumps ten minutes while calls come. */
@GatewayTest
@Import(SettableTime.class)
@TestPropertySource(
    properties = {
      "gateway.jambonz.webhook-secrets=s3cret",
      "gateway.dead-letters.directory=target/dead-letters/clock-jump"
    })
class ClockJumpTest {

  @Autowired private AtomicReference<Instant> now;
  @Autowired private LiveKits livekits;

  @Value("${local.gateway.port}")
  private int port;

  @Value("${gateway.dead-letters.directory}")
  private Path letters;

  private final String sid = UUID.randomUUID().toString();
  private Hooks hooks;

  @BeforeEach
  void prepare() {
    hooks = new Hooks(port);
    Hooks.burnLetters(letters);
    now.set(Instant.now());
    livekits.standard().breaker().reset();
  }

  /** A clock that is slow by the life of a token makes LiveKit refuse it; the caller is dialled. */
  @ParameterizedTest
  @ValueSource(longs = {-10, 10})
  void callersAreDialledBeforeAndAfterItAndWhenItIsSetRight(long minutes) {
    assertThat(call(UUID.randomUUID().toString(), now.get()).verbs()).isEqualTo("dial hangup");

    jump(minutes);
    assertThat(call(UUID.randomUUID().toString(), now.get()).verbs()).isEqualTo("dial hangup");

    jump(-minutes);
    Hooks.burnLetters(letters);
    assertThat(call(sid, now.get()).verbs()).isEqualTo("dial hangup");
    assertThat(Hooks.letters(letters)).isEmpty();
  }

  /** Replays cannot be told from that, so that it is refused, and is kept with its cause. */
  @ParameterizedTest
  @ValueSource(longs = {-10, 10})
  void aJambonzWithAnotherTimeIsRefusedOnlyWhileItIsSo(long minutes) {
    Instant jambonz = now.get();
    jump(minutes);

    assertThat(call(sid, jambonz).verbs()).isEqualTo("sip:decline:403 hangup");

    jump(-minutes);
    assertThat(call(sid, jambonz).verbs()).isEqualTo("dial hangup");
  }

  @ParameterizedTest
  @ValueSource(longs = {-10, 10})
  void aCallThatItFallsIntoIsShownWithNoNegativeTime(long minutes) {
    Reply first = call(sid, now.get());
    jump(minutes);

    Reply last =
        hook(
            first.dial().path("actionHook").asText(),
            """
            {"call_sid": "%s", "from": "+15550002000", "to": "+15550001000",
             "call_status": "completed", "dial_call_status": "completed", "dial_sip_status": 200}""");
    hook(
        "/livekit-api/status",
        """
        {"call_sid": "%s", "from": "+15550002000", "to": "+15550001000", "direction": "inbound",
         "call_status": "completed", "sip_status": 200, "call_termination_by": "caller"}""");

    assertThat(last.status()).isEqualTo(200);
    await().atMost(Duration.ofSeconds(20)).until(() -> shown().has("ended_at"));
    JsonNode call = shown();
    assertThat(call.path("state").asText()).isIn("ended", "failed");
    assertThat(call.path("durations")).allMatch(time -> time.asLong() >= 0);
    assertThat(call.path("timeline")).isNotEmpty().allMatch(it -> it.path("ms").asLong() >= 0);
  }

  @ParameterizedTest
  @ValueSource(longs = {-10, 10})
  void aLadderThatItFallsIntoStillEndsWithSomethingPlayable(long minutes) {
    Reply first = call(sid, now.get());
    jump(minutes);

    Reply next =
        Hooks.playable(
            hook(
                first.dial().path("actionHook").asText(),
                """
                {"call_sid": "%s", "from": "+15550002000", "to": "+15550001000",
                 "call_status": "trying", "dial_call_status": "failed", "dial_sip_status": 503}"""));

    assertThat(next.verbs()).endsWith("hangup").contains("decline");
  }

  private JsonNode shown() {
    return Hooks.ofOperator(port).get("/livekit-api/calls/" + sid).json();
  }

  private void jump(long minutes) {
    now.updateAndGet(then -> then.plus(Duration.ofMinutes(minutes)));
  }

  private Reply call(String sid, Instant signed) {
    byte[] body = Hooks.newCall(sid).getBytes(StandardCharsets.UTF_8);
    return hooks.call("/livekit-api", body, "application/json", signature(body, signed));
  }

  private Reply hook(String path, String body) {
    byte[] bytes = body.formatted(sid).getBytes(StandardCharsets.UTF_8);
    String[] signature = signature(bytes, now.get());
    return hooks.post(path, bytes, "application/json", signature);
  }

  private static String[] signature(byte[] body, Instant at) {
    return new String[] {"Jambonz-Signature", Signing.header("s3cret", at.getEpochSecond(), body)};
  }
}
