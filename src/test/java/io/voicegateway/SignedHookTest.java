package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.voicegateway.Hooks.Reply;
import io.voicegateway.jambonz.RecordedHook;
import io.voicegateway.jambonz.Signing;
import io.voicegateway.sandbox.SandboxLiveKit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** Only our own Jambonz can start a call. */
@GatewayTest
@Import(SettableTime.class)
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(
    properties = {
      "gateway.jambonz.webhook-secrets=next-secret, " + RecordedHook.SECRET,
      "gateway.dead-letters.directory=target/dead-letters/signed-hook"
    })
class SignedHookTest {

  @Autowired private AtomicReference<Instant> now;
  @Autowired private SandboxLiveKit livekit;
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
    now.set(Instant.now());
  }

  /** As recorded: the body and its signature are those of the first try, 13 s ago. */
  @Test
  void aHookThatIsTriedAgainGetsTheSameAnswerAndNoSecondRoom() {
    byte[] body =
        RecordedHook.posted().stream()
            .filter(hook -> hook.scenario().startsWith("retry/first-hangs-12s-rp-all/"))
            .findFirst()
            .orElseThrow()
            .bytes();
    String signature = Signing.header(RecordedHook.SECRET, now.get().getEpochSecond(), body);

    Reply first = post(body, signature);
    now.updateAndGet(then -> then.plusSeconds(13));
    Reply second = post(body, signature);

    assertThat(first.verbs()).isEqualTo("dial hangup");
    assertThat(second.body()).isEqualTo(first.body());
    String room = first.dial().at("/target/0/sipUri").asText().split("[:@]")[1];
    assertThat(livekit.dispatchedAgents(room)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "t=1,v1=00", "nonsense", "t=1795424400,v1=zz"})
  void aStrangerIsDeclinedAndNothingIsRegistered(String header) {
    int rooms = livekit.count("CreateRoom");
    double strangers = strangers();

    Reply reply = post(header);

    assertThat(reply.verbs()).isEqualTo("sip:decline:403 hangup");
    assertThat(livekit.count("CreateRoom")).isEqualTo(rooms);
    assertThat(strangers()).isEqualTo(strangers + 1);
    assertThat(Hooks.letters(letters)).isEmpty();
  }

  @Test
  void anOldHookIsDeclined() {
    byte[] body = Hooks.newCall(UUID.randomUUID().toString()).getBytes(StandardCharsets.UTF_8);
    long longAgo = now.get().getEpochSecond() - 301;

    assertThat(post(body, Signing.header("next-secret", longAgo, body)).verbs())
        .isEqualTo("sip:decline:403 hangup");
  }

  @Test
  void eitherSecretWillDo() {
    for (String secret : List.of("next-secret", RecordedHook.SECRET)) {
      byte[] body = Hooks.newCall(UUID.randomUUID().toString()).getBytes(StandardCharsets.UTF_8);

      assertThat(post(body, Signing.header(secret, now.get().getEpochSecond(), body)).verbs())
          .isEqualTo("dial hangup");
    }
  }

  @Test
  void aSignedHookThatIsTooLargeIsKeptBecauseItIsOurs() {
    byte[] body =
        "{\"call_sid\":\"a\",\"x\":\"%s\"}"
            .formatted("y".repeat(300 * 1024))
            .getBytes(StandardCharsets.UTF_8);

    Reply reply = post(body, Signing.header("next-secret", now.get().getEpochSecond(), body));

    assertThat(reply.verbs()).isEqualTo("play sip:decline:480 hangup");
  }

  @Test
  void ofABodyThatIsNotReadToItsEndNothingIsKeptAsItMayBeAStrangers(CapturedOutput output) {
    now.updateAndGet(then -> then.plusSeconds(100_000));
    byte[] body = new byte[20 * 1024 * 1024];

    for (int post = 0; post < 2; post++) {
      Reply reply = post(body, Signing.header("next-secret", now.get().getEpochSecond(), body));

      assertThat(reply.verbs()).isEqualTo("play sip:decline:480 hangup");
    }
    assertThat(Hooks.letters(letters)).isEmpty();
    assertThat(output.getOut().split("had too large a body", -1)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 200 * 1024 * 1024})
  void aCompressedHookIsAnsweredAndKeptAsItCame(int blanks) throws IOException {
    byte[] hook = Hooks.newCall(UUID.randomUUID().toString()).getBytes(StandardCharsets.UTF_8);
    byte[] body = zipped(blanks, hook);

    for (String path : List.of("/livekit-api", "/livekit-api/status")) {
      Hooks.burnLetters(letters);
      Reply reply =
          hooks.post(
              path,
              body,
              "application/json",
              "Content-Encoding",
              "gzip",
              "Jambonz-Signature",
              Signing.header("next-secret", now.get().getEpochSecond(), body));

      assertThat(reply.status()).isEqualTo(200);
      assertThat(Hooks.letters(letters))
          .singleElement()
          .satisfies(
              letter -> {
                assertThat(letter.path("cause").asText()).contains("the body is not a hook");
                assertThat(letter.path("body_base64").binaryValue()).isEqualTo(body);
              });
    }
  }

  private static byte[] zipped(int blanks, byte[] hook) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      byte[] block = " ".repeat(1024 * 1024).getBytes(StandardCharsets.UTF_8);
      for (int written = 0; written < blanks; written += block.length) {
        zip.write(block);
      }
      zip.write(hook);
    }
    return bytes.toByteArray();
  }

  @Test
  void theOtherHooksDemandASignatureToo() {
    for (String path : List.of("/livekit-api/dial", "/livekit-simple")) {
      assertThat(hooks.event(path, "{\"call_sid\":\"a\"}").verbs())
          .isEqualTo("sip:decline:403 hangup");
    }
  }

  @Test
  void aTransferOfAStrangerIsRefusedAsLiveKitExpects() {
    double strangers = strangers();

    for (String path : List.of("/livekit-api/refer", "/livekit-api/referred")) {
      Reply reply = hooks.event(path, "{\"call_sid\":\"a\"}");

      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.body()).isEmpty();
    }
    assertThat(strangers()).isEqualTo(strangers + 2);
    assertThat(Hooks.letters(letters)).isEmpty();
  }

  @Test
  void thePortalsQuestionNeedsNone() {
    assertThat(hooks.send("OPTIONS", "/livekit-api").status()).isEqualTo(200);
  }

  private double strangers() {
    return metrics.find("gateway.hooks.untrusted").counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  private Reply post(String signature) {
    return post(
        Hooks.newCall(UUID.randomUUID().toString()).getBytes(StandardCharsets.UTF_8), signature);
  }

  private Reply post(byte[] body, String signature) {
    return signature.isEmpty()
        ? hooks.call("/livekit-api", body, "application/json")
        : hooks.call("/livekit-api", body, "application/json", "Jambonz-Signature", signature);
  }
}
