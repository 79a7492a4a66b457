package io.voicegateway.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.voicegateway.livekit.routing.AllowedAddresses;
import io.voicegateway.livekit.routing.Credentials;
import io.voicegateway.livekit.routing.Invite;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An INVITE as somebody wrote it down. */
final class InviteJson {

  private static final List<String> USUAL_CODECS = List.of("PCMU", "PCMA");
  private static final String USUAL_TRANSPORT = "udp";
  private static final Set<String> TRANSPORTS = Set.of("udp", "tcp", "tls");
  private static final Pattern SCHEME = Pattern.compile("(?i)(sips?|tel):");

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
    String source = source(invite);
    return new Invite(
        userOf(text(invite, "from")),
        userOf(text(invite, "to")),
        toHeader.isEmpty() ? null : userOf(toHeader),
        option(invite, "--from-host").orElse(source),
        login(invite),
        transport(invite),
        source,
        codecs(invite.path("codecs")),
        invite.path("srtp").asBoolean(false));
  }

  private static String text(JsonNode invite, String field) {
    JsonNode value = invite.path(field);
    if (value.isContainerNode()) {
      throw new IllegalArgumentException("invite.%s must be a text".formatted(field));
    }
    return value.isNull() ? "" : value.asText();
  }

  private static String source(JsonNode invite) {
    String source = text(invite, "source");
    if (!source.isEmpty() && !AllowedAddresses.isAddress(source)) {
      throw new IllegalArgumentException(
          "invite.source must be an IP address such as 192.0.2.7, without a port; leave it out when it is not known");
    }
    return source;
  }

  private static String transport(JsonNode invite) {
    String transport = text(invite, "transport").toLowerCase(Locale.ROOT);
    if (transport.isEmpty()) {
      return USUAL_TRANSPORT;
    }
    if (!TRANSPORTS.contains(transport)) {
      throw new IllegalArgumentException("invite.transport must be udp, tcp or tls");
    }
    return transport;
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

  /** The user of a SIP or tel address, of a header with one, or a user as he stands there. */
  private static String userOf(String text) {
    String address = text.substring(text.lastIndexOf('<') + 1).replaceFirst(">.*", "").strip();
    Matcher scheme = SCHEME.matcher(address);
    boolean hasScheme = scheme.lookingAt();
    String uri = address.substring(hasScheme ? scheme.end() : 0);
    int at = uri.lastIndexOf('@');
    if (at < 0 && hasScheme && !scheme.group().equalsIgnoreCase("tel:")) {
      return "";
    }
    return (at < 0 ? uri : uri.substring(0, at)).replaceFirst("[:;?].*", "");
  }
}
