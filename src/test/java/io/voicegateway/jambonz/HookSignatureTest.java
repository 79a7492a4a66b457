package io.voicegateway.jambonz;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicegateway.call.RefusedPosts;
import io.voicegateway.project.TestProjects;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class HookSignatureTest {

  private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);
  private static final long SIGNED = 1_795_416_328L;
  private static final String V1 = Signing.hex("s3cret", SIGNED, BODY);

  @Test
  void acceptsAnyOfSeveralSecretsAndAnyOfSeveralSignatures() {
    check(SIGNED, "t=" + SIGNED + ",v1=" + V1);
    check(SIGNED, "t=" + SIGNED + ",v1=00ff,v1=" + V1 + ",v0=ignored");
  }

  @Test
  void acceptsARetryWithTheFirstTrysSignature() {
    check(SIGNED + 13, "t=" + SIGNED + ",v1=" + V1);
    check(SIGNED + 300, "t=" + SIGNED + ",v1=" + V1);
    check(SIGNED - 300, "t=" + SIGNED + ",v1=" + V1);
  }

  @Test
  void refusesAnOldOneAndOneFromTheFuture() {
    refuses(SIGNED + 301, "t=" + SIGNED + ",v1=" + V1, "301 s ago");
    refuses(SIGNED - 301, "t=" + SIGNED + ",v1=" + V1, "clock");
  }

  @Test
  void refusesWhatIsMissingMalformedOrMadeBySomebodyElse() {
    refuses(SIGNED, null, "no Jambonz-Signature");
    refuses(SIGNED, "", "no Jambonz-Signature");
    refuses(SIGNED, "v1=" + V1, "malformed");
    refuses(SIGNED, "t=yesterday,v1=" + V1, "malformed");
    refuses(SIGNED, "t=" + SIGNED, "no secret");
    refuses(SIGNED, "t=" + SIGNED + ",v1=" + V1.substring(2), "no secret");
    refuses(SIGNED, "t=" + SIGNED + ",v1=zz" + V1.substring(2), "no secret");
    refuses(SIGNED, "t=" + (SIGNED + 1) + ",v1=" + V1, "no secret");
  }

  @Test
  void looksAtEveryByteOfTheBody() {
    assertThatThrownBy(
            () ->
                signature(SIGNED)
                    .verify("{} ".getBytes(StandardCharsets.UTF_8), "t=" + SIGNED + ",v1=" + V1))
        .isInstanceOf(UntrustedHook.class);
  }

  @Test
  void withoutASecretNoHookPasses() {
    assertThatThrownBy(
            () -> unset("", false).verify(BODY, "t=" + Instant.now().getEpochSecond() + ",v1=00"))
        .isInstanceOf(UntrustedHook.class);
  }

  @Test
  void inTheSandboxWithoutASecretEveryHookPasses() {
    assertThatCode(() -> unset(" ", true).verify(BODY, null)).doesNotThrowAnyException();
  }

  @Property
  void noHeaderBreaksIt(@ForAll String header) {
    assertThatThrownBy(() -> signature(SIGNED).verify(BODY, header))
        .isInstanceOf(UntrustedHook.class);
  }

  private static void check(long now, String header) {
    assertThatCode(() -> signature(now).verify(BODY, header)).doesNotThrowAnyException();
  }

  private static void refuses(long now, String header, String reason) {
    assertThatThrownBy(() -> signature(now).verify(BODY, header))
        .isInstanceOf(UntrustedHook.class)
        .hasMessageContaining(reason);
  }

  private static HookSignature unset(String secret, boolean unsignedAllowed) {
    Clock clock = Clock.systemUTC();
    return new HookSignature(
        TestProjects.signed(secret),
        new JambonzSettings(List.of(), "", unsignedAllowed),
        new RefusedPosts(clock),
        clock);
  }

  private static HookSignature signature(long now) {
    Clock clock = Clock.fixed(Instant.ofEpochSecond(now), ZoneOffset.UTC);
    return new HookSignature(
        TestProjects.signed("other", "s3cret"),
        new JambonzSettings(List.of(), "", false),
        new RefusedPosts(clock),
        clock);
  }
}
