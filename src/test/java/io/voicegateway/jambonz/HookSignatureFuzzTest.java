package io.voicegateway.jambonz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.voicegateway.call.RefusedPosts;
import io.voicegateway.project.TestProjects;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/** Whatever stands in the signature's header, nobody passes without the secret. */
class HookSignatureFuzzTest {

  /** When the seeds were signed. */
  private static final long NOW = 1_795_416_353L;

  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC);

  private final HookSignature signature =
      new HookSignature(
          TestProjects.signed("next-secret", RecordedHook.SECRET),
          new JambonzSettings(List.of(), "", false),
          new RefusedPosts(CLOCK),
          CLOCK);

  /** The header is the first line of the input, the hook's body what follows it. */
  @FuzzTest(maxDuration = "3m")
  void onlyWhatTheSecretSignedLatelyPasses(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    int end = text.indexOf('\n');
    String header = end < 0 ? text : text.substring(0, end);
    byte[] body = text.substring(end + 1).getBytes(StandardCharsets.ISO_8859_1);
    try {
      signature.verify(body, header);
    } catch (UntrustedHook said) {
      assertThat(said.getMessage()).isNotBlank().doesNotContain("\n");
      return;
    }
    assertThat(genuine(header, body)).as(header).isTrue();
  }

  /** Found by trying every second at which a genuine one can have been signed. */
  private static boolean genuine(String header, byte[] body) {
    String digits = header.toLowerCase(Locale.ROOT);
    int most = HookSignature.TOLERANCE_SECONDS;
    return LongStream.rangeClosed(NOW - most, NOW + most)
        .anyMatch(second -> digits.contains(Signing.hex(RecordedHook.SECRET, second, body)));
  }
}
