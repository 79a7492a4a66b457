package io.voicegateway.jambonz;

import io.voicegateway.call.Hmac;
import io.voicegateway.call.RefusedPosts;
import io.voicegateway.call.RefusedPosts.From;
import io.voicegateway.call.RefusedPosts.Why;
import io.voicegateway.project.Project;
import io.voicegateway.project.Projects;
import io.voicegateway.project.SettingNames;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Checks that a hook comes from our Jambonz: {@code Jambonz-Signature: t=<unix seconds>,v1=<hex>},
 * where the hex digits are HMAC-SHA256 over {@code <t>.<raw body>} with the webhook secret of the
 * account that the body names (jambonz-feature-server, base-requestor.js). A retried hook keeps its
 * first signature.
 */
@Component("hookSignature")
final class HookSignature {

  static final String HEADER = "Jambonz-Signature";
  static final int TOLERANCE_SECONDS = 300;

  /** The secrets of each project's account, by the project's name. */
  private final Map<String, List<SecretKeySpec>> secrets = new LinkedHashMap<>();

  private final Projects projects;
  private final boolean unsignedAllowed;
  private final RefusedPosts posts;
  private final Clock clock;

  HookSignature(Projects projects, JambonzSettings settings, RefusedPosts posts, Clock clock) {
    this.projects = projects;
    projects
        .all()
        .forEach(
            project ->
                secrets.put(
                    project.name(),
                    project.jambonz().webhookSecrets().stream().map(Hmac::key).toList()));
    this.unsignedAllowed = settings.unsignedAllowed();
    this.posts = posts;
    this.clock = clock;
  }

  /**
   * Lets a genuine hook pass; in a sandbox without a secret every hook.
   *
   * @throws UntrustedHook with the reason, which is fit for logs
   */
  void verify(@Body byte @Nullable [] body, @Header(HEADER) @Nullable String header) {
    byte[] raw = body == null ? new byte[0] : body;
    Project project =
        projects.areSeveral() ? projects.ofAccount(HookAccount.named(raw)) : projects.standard();
    List<SecretKeySpec> ours = Objects.requireNonNull(secrets.get(project.name()));
    if (ours.isEmpty() && unsignedAllowed) {
      return;
    }
    try {
      prove(project, ours, raw, header);
      posts.genuine(From.JAMBONZ);
    } catch (UntrustedHook strange) {
      posts.refused(From.JAMBONZ, strange.why());
      throw strange;
    }
  }

  private void prove(
      Project project, List<SecretKeySpec> ours, byte[] raw, @Nullable String header) {
    Parts parts = Parts.of(header);
    long age = clock.instant().getEpochSecond() - parts.seconds;
    if (Math.abs(age) > TOLERANCE_SECONDS) {
      throw new UntrustedHook(
          Why.TIME,
          "signed %d s %s, more than %d s: replayed, or a clock is wrong"
              .formatted(Math.abs(age), age > 0 ? "ago" : "in the future", TOLERANCE_SECONDS));
    }
    if (!madeByOneOf(ours, parts, raw)) {
      throw new UntrustedHook(
          Why.SECRET,
          new SettingNames(project.name())
              .words("no secret in JAMBONZ_WEBHOOK_SECRET made its signature"));
    }
  }

  private static boolean madeByOneOf(List<SecretKeySpec> secrets, Parts parts, byte[] body) {
    boolean genuine = false;
    byte[] time = (parts.time + ".").getBytes(StandardCharsets.UTF_8);
    for (SecretKeySpec secret : secrets) {
      byte[] expected = Hmac.of(secret, time, body);
      for (byte[] candidate : parts.signatures) {
        genuine |= MessageDigest.isEqual(expected, candidate);
      }
    }
    return genuine;
  }

  /** The signature's header taken apart; {@code v1} may stand more than once. */
  private record Parts(String time, long seconds, List<byte[]> signatures) {

    private static final int MOST_SIGNATURES = 8;

    static Parts of(@Nullable String header) {
      if (header == null || header.isBlank()) {
        throw new UntrustedHook("no " + HEADER + " header");
      }
      String time = "";
      List<byte[]> signatures = new ArrayList<>();
      for (String part : header.split(",", -1)) {
        String[] pair = part.strip().split("=", 2);
        if (pair.length == 2 && pair[0].equals("t")) {
          time = pair[1];
        } else if (pair.length == 2
            && pair[0].equals("v1")
            && signatures.size() < MOST_SIGNATURES) {
          signatures.add(hex(pair[1]));
        }
      }
      return new Parts(time, seconds(time), signatures);
    }

    private static byte[] hex(String digits) {
      try {
        return HexFormat.of().parseHex(digits);
      } catch (IllegalArgumentException notHex) {
        return new byte[0];
      }
    }

    private static long seconds(String time) {
      try {
        return Instant.ofEpochSecond(Long.parseLong(time)).getEpochSecond();
      } catch (NumberFormatException | DateTimeException noTime) {
        throw new UntrustedHook("malformed " + HEADER + " header");
      }
    }
  }
}
