package io.voicegateway.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.voicegateway.livekit.routing.Credentials;
import io.voicegateway.livekit.routing.InboundRouting;
import io.voicegateway.livekit.routing.Invite;
import io.voicegateway.livekit.routing.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import livekit.LivekitSip.SIPDispatchRuleInfo;
import livekit.LivekitSip.SIPInboundTrunkInfo;
import org.jspecify.annotations.Nullable;

/**
 * An INVITE and the trunks and rules that it meets, read from JSON: as LiveKit's list calls answer
 * and {@code lk sip … list --json} prints them.
 */
record RoutingCase(
    String name, List<SIPInboundTrunkInfo> trunks, List<SIPDispatchRuleInfo> rules, Invite invite) {

  /** The random end of a room's name stands for any. */
  private static final String RANDOM = "<random>";

  private static final Pattern SIP_SCHEME = Pattern.compile("(?i)sips?:");

  /**
   * Reads one case or a list of cases.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  static List<RoutingCase> all(JsonNode json) {
    if (json.isObject()) {
      return List.of(read(json, "case 1"));
    }
    if (!json.isArray() || json.isEmpty()) {
      throw new IllegalArgumentException("there must be a case or a list of cases");
    }
    List<RoutingCase> cases = new ArrayList<>();
    json.forEach(one -> cases.add(read(one, "case " + (cases.size() + 1))));
    return cases;
  }

  Verdict verdict() {
    return new InboundRouting(() -> RANDOM).route(trunks, rules, invite);
  }

  private static RoutingCase read(JsonNode json, String number) {
    String name = json.path("case").asText(number);
    if (!json.path("invite").isObject()) {
      throw new IllegalArgumentException(name + ": invite is missing");
    }
    return new RoutingCase(
        name,
        messages(name, json, "trunks", SIPInboundTrunkInfo::newBuilder, SIPInboundTrunkInfo.class),
        messages(name, json, "rules", SIPDispatchRuleInfo::newBuilder, SIPDispatchRuleInfo.class),
        invite(json.path("invite")));
  }

  private static <T extends Message> List<T> messages(
      String name,
      JsonNode json,
      String field,
      Supplier<? extends Message.Builder> builders,
      Class<T> type) {
    JsonNode listed =
        json.path(field).has("items") ? json.path(field).path("items") : json.path(field);
    if (!isList(listed)) {
      throw new IllegalArgumentException("%s: %s must be a list".formatted(name, field));
    }
    List<T> messages = new ArrayList<>();
    for (JsonNode one : listed) {
      Message.Builder builder = builders.get();
      try {
        JsonFormat.parser().ignoringUnknownFields().merge(one.toString(), builder);
      } catch (InvalidProtocolBufferException wrong) {
        throw new IllegalArgumentException(
            "%s: %s %d cannot be read".formatted(name, field, messages.size() + 1), wrong);
      }
      messages.add(type.cast(builder.build()));
    }
    return messages;
  }

  /** Nothing is an empty list, and so is the empty object that LiveKit lists nothing with. */
  private static boolean isList(JsonNode node) {
    return node.isArray()
        || node.isMissingNode()
        || node.isNull()
        || (node.isObject() && node.isEmpty());
  }

  private static Invite invite(JsonNode invite) {
    JsonNode listed = invite.path("codecs");
    if (!isList(listed)) {
      throw new IllegalArgumentException("codecs must be a list");
    }
    String source = invite.path("source").asText("");
    List<String> codecs = new ArrayList<>();
    listed.forEach(codec -> codecs.add(codec.asText()));
    return new Invite(
        invite.path("from").asText(""),
        invite.path("to").asText(""),
        userOf(invite.path("to_header").asText("")),
        option(invite, "--from-host").orElse(source),
        login(invite),
        invite.path("transport").asText("udp"),
        source,
        codecs.isEmpty() ? List.of("PCMU", "PCMA") : codecs,
        invite.path("srtp").asBoolean(false));
  }

  private static @Nullable Credentials login(JsonNode invite) {
    JsonNode auth = invite.path("auth");
    return auth.isObject()
        ? new Credentials(
            auth.path("username").asText(""),
            auth.path("password").asText(""),
            option(invite, "--auth-header").orElse("Proxy-Authorization"))
        : null;
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
    if (header.isEmpty() || header.equals("null")) {
      return null;
    }
    Matcher scheme = SIP_SCHEME.matcher(header);
    boolean sip = scheme.find();
    String uri = sip ? header.substring(scheme.end()) : header;
    if (uri.contains("@")) {
      return uri.substring(0, uri.indexOf('@'));
    }
    return sip ? "" : uri;
  }
}
