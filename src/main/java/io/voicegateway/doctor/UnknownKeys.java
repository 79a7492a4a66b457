package io.voicegateway.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import livekit.LivekitSip.SIPDispatchRuleInfo;
import livekit.LivekitSip.SIPInboundTrunkInfo;

/**
 * What stands in a case and is read by nobody: a slip of the pen, or a field of a LiveKit that is
 * newer than this gateway. Beside trunks, rules and invite a case may have what its author notes of
 * it.
 */
final class UnknownKeys {

  private static final Set<String> INVITE =
      Set.of("from", "to", "to_header", "auth", "transport", "source", "codecs", "srtp", "extra");
  private static final Set<String> AUTH = Set.of("username", "password");

  private static final String MEDIA = "media";

  /** What LiveKit lists and the SDK's messages do not name; media alone bears on a call. */
  private static final Set<String> NEWER = Set.of(MEDIA, "auth_realm", "deployment", "attributes");

  private static final Set<String> OF_MEDIA =
      Set.of("encryption", "only_listed_codecs", "onlyListedCodecs", "codecs");

  private final List<String> paths = new ArrayList<>();

  private UnknownKeys() {}

  /** Their paths in one case, such as {@code trunks[0].nubmers}. */
  static List<String> of(JsonNode one) {
    UnknownKeys unknown = new UnknownKeys();
    unknown.beside(INVITE, "invite.", one.path("invite"));
    unknown.beside(AUTH, "invite.auth.", one.path("invite").path("auth"));
    unknown.listed("trunks", one.path("trunks"), SIPInboundTrunkInfo.getDescriptor());
    unknown.listed("rules", one.path("rules"), SIPDispatchRuleInfo.getDescriptor());
    return unknown.paths;
  }

  private void beside(Set<String> known, String path, JsonNode object) {
    object
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (!known.contains(key)) {
                paths.add(path + key);
              }
            });
  }

  private void listed(String name, JsonNode listed, Descriptor type) {
    JsonNode items = listed.has("items") ? listed.path("items") : listed;
    for (int i = 0; i < items.size(); i++) {
      String path = "%s[%d].".formatted(name, i);
      message(path, items.path(i), type);
      beside(OF_MEDIA, path + MEDIA + ".", items.path(i).path(MEDIA));
    }
  }

  private void message(String path, JsonNode object, Descriptor type) {
    object
        .properties()
        .forEach(
            entry -> {
              String key = entry.getKey();
              field(type, key)
                  .ifPresentOrElse(
                      field -> value(path + key, entry.getValue(), field),
                      () -> {
                        if (!NEWER.contains(key)) {
                          paths.add(path + key);
                        }
                      });
            });
  }

  private void value(String path, JsonNode value, FieldDescriptor field) {
    if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE || field.isMapField()) {
      return;
    }
    if (value.isObject()) {
      message(path + ".", value, field.getMessageType());
    }
    for (int i = 0; value.isArray() && i < value.size(); i++) {
      message("%s[%d].".formatted(path, i), value.path(i), field.getMessageType());
    }
  }

  private static Optional<FieldDescriptor> field(Descriptor type, String key) {
    return type.getFields().stream()
        .filter(field -> Stream.of(field.getName(), field.getJsonName()).anyMatch(key::equals))
        .findFirst();
  }
}
