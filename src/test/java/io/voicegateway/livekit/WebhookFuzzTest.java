package io.voicegateway.livekit;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.voicegateway.call.RefusedPosts;
import io.voicegateway.project.LiveKitSettings;
import io.voicegateway.project.Projects;
import io.voicegateway.project.TestProjects;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;

/** Whatever is posted for a webhook of LiveKit, it is one or is refused. */
class WebhookFuzzTest {

  private static final Clock CLOCK = Clock.fixed(RecordedWebhook.TIME, ZoneOffset.UTC);
  private static final Projects PROJECTS =
      TestProjects.at(
          new LiveKitSettings(
              "http://127.0.0.1:1",
              RecordedWebhook.KEY,
              RecordedWebhook.SECRET,
              Duration.ofSeconds(2),
              null));

  /** What our LiveKit signed, token and body. */
  private static final Set<String> GENUINE = new HashSet<>();

  static {
    RecordedWebhook.all().stream()
        .filter(webhook -> webhook.apiSecret().equals(RecordedWebhook.SECRET))
        .forEach(webhook -> GENUINE.add(signed(webhook.authorization()) + webhook.rawBody()));
  }

  private final WebhookSignature signature =
      new WebhookSignature(PROJECTS, new RefusedPosts(CLOCK), CLOCK);
  private final RoomEvents events =
      new RoomEvents(PROJECTS, told -> {}, new WebhookHealth(CLOCK), CLOCK);

  /** The token is the first line of the input, the body what follows it. */
  @FuzzTest(maxDuration = "3m")
  void onlyWhatLiveKitSignedPasses(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    int end = text.indexOf('\n');
    String token = end < 0 ? text : text.substring(0, end);
    String body = text.substring(end + 1);
    try {
      signature.verify(body.getBytes(StandardCharsets.UTF_8), token);
    } catch (UntrustedWebhook said) {
      assertThat(said.getMessage()).isNotBlank().doesNotContain("\n");
      return;
    }
    assertThat(GENUINE).contains(signed(token) + body);
  }

  @FuzzTest(maxDuration = "3m")
  void aBodyIsUnderstoodOrRefused(byte[] body) {
    try {
      events.note(events.read(body), "default", null);
    } catch (UnreadableWebhook said) {
      assertThat(said.getMessage()).isNotBlank().doesNotContain("\n");
    }
  }

  /** Without the signature itself, in which the last character has bits that do not count. */
  private static String signed(String token) {
    return token.substring(0, token.lastIndexOf('.') + 1);
  }
}
