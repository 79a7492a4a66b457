package io.voicegateway.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.voicegateway.livekit.routing.Credentials;
import io.voicegateway.livekit.routing.Invite;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An INVITE as somebody wrote it down. */
final class InviteJson {

  private static final List<String> USUAL_CODECS = List.of("PCMU", "PCMA");
  private static final Pattern SIP_SCHEME = Pattern.compile("(?i)\\s*sips?:");

  private InviteJson() {}

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  static Invite read(JsonNode invite) {
    if (!invite.isObject()) {
      throw new IllegalArgumentException("invite is missing");
    }
    String toHeader = text(invite, "to_header");
    if (!invite.hasNonNull("to") && toHeader.isEmpty()) {
      throw new IllegalArgumentException("invite.to is missing: the called user");
    }
    String source = text(invite, "source");
    return new Invite(
        text(invite, "from"),
        text(invite, "to"),
        userOf(toHeader),
        option(invite, "--from-host").orElse(source),
        login(invite),
        invite.hasNonNull("transport") ? text(invite, "transport") : "udp",
        source,
        codecs(invite.path("codecs")),
        invite.path("srtp").asBoolean(false));
  }

  private static String text(JsonNode invite, String field) {
    JsonNode value = invite.path(field);
    if (value.isContainerNode()) {
      throw new IllegalArgumentException("invite.%s must be a text".formatted(field));
    }
    return value.asText("").equals("null") ? "" : value.asText("");
  }

  /** An empty list is an offer without a codec; who leaves it out means the usual ones. */
  private static List<String> codecs(JsonNode listed) {
    if (listed.isMissingNode() || listed.isNull()) {
      return USUAL_CODECS;
    }
    List<String> codecs = new ArrayList<>();
    listed.forEach(codec -> codecs.add(codec.asText()));
    if (!listed.isArray() || codecs.contains("")) {
      throw new IllegalArgumentException("invite.codecs must be a list, such as [\"PCMU\"]");
    }
    return codecs;
  }

  private static @Nullable Credentials login(JsonNode invite) {
    JsonNode auth = invite.path("auth");
    if (auth.isMissingNode() || auth.isNull()) {
      return null;
    }
    if (!auth.path("username").isTextual()) {
      throw new IllegalArgumentException(
          "invite.auth must be {\"username\": …, \"password\": …}, or null for none");
    }
    return new Credentials(
        auth.path("username").asText(),
        auth.path("password").asText(""),
        option(invite, "--auth-header").orElse("Proxy-Authorization"));
  }

  /** What a caller did otherwise, as words and their values in a list. */
  private static Optional<String> option(JsonNode invite, String word) {
    JsonNode extra = invite.path("extra");
    for (int i = 0; i + 1 < extra.size(); i++) {
      if (extra.get(i).asText().equals(word)) {
        return Optional.of(extra.get(i + 1).asText());
      }
    }
    return Optional.empty();
  }

  /** Null where there is no To header of its own. */
  private static @Nullable String userOf(String header) {
    if (header.isEmpty()) {
      return null;
    }
    String address = header.substring(header.lastIndexOf('<') + 1);
    Matcher scheme = SIP_SCHEME.matcher(address);
    boolean hasScheme = scheme.lookingAt();
    String uri = hasScheme ? address.substring(scheme.end()) : address;
    if (uri.contains("@")) {
      return uri.substring(0, uri.indexOf('@'));
    }
    return hasScheme ? "" : uri;
  }
}
