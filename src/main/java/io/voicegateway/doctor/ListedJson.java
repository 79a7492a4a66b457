package io.voicegateway.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.voicegateway.livekit.routing.MediaConfig;
import java.util.ArrayList;
import java.util.List;
import livekit.LivekitSip.SIPDispatchRuleInfo;
import livekit.LivekitSip.SIPInboundTrunkInfo;
import livekit.LivekitSip.SIPMediaEncryption;
import org.jspecify.annotations.Nullable;

/**
 * Trunks and rules as LiveKit's list calls answer and {@code lk sip … list --json} prints them.
 * Every method throws {@link IllegalArgumentException} with a sentence that says what is wrong.
 */
final class ListedJson {

  private ListedJson() {}

  static List<SIPInboundTrunkInfo> trunks(JsonNode listed) {
    List<SIPInboundTrunkInfo> trunks = new ArrayList<>();
    for (JsonNode one : items("trunks", listed)) {
      String what = "trunks, number %d,".formatted(trunks.size() + 1);
      SIPInboundTrunkInfo.Builder trunk = SIPInboundTrunkInfo.newBuilder();
      merge(what, one, trunk);
      refuseWithoutId(what, trunk.getSipTrunkId(), "sip_trunk_id");
      MediaConfig media = media(what, one.path("media"));
      if (media != null) {
        media.addTo(trunk);
      }
      trunks.add(trunk.build());
    }
    return trunks;
  }

  static List<SIPDispatchRuleInfo> rules(JsonNode listed) {
    List<SIPDispatchRuleInfo> rules = new ArrayList<>();
    for (JsonNode one : items("rules", listed)) {
      String what = "rules, number %d,".formatted(rules.size() + 1);
      SIPDispatchRuleInfo.Builder rule = SIPDispatchRuleInfo.newBuilder();
      merge(what, one, rule);
      refuseWithoutId(what, rule.getSipDispatchRuleId(), "sip_dispatch_rule_id");
      MediaConfig media = media(what, one.path("media"));
      if (media != null) {
        media.addTo(rule);
      }
      rules.add(rule.build());
    }
    return rules;
  }

  /** Nothing is printed as an empty list, as null, or as an object without items. */
  private static JsonNode items(String name, JsonNode listed) {
    if (listed.isMissingNode()) {
      throw new IllegalArgumentException(name + " is missing; [] stands for none");
    }
    JsonNode items = listed.has("items") ? listed.path("items") : listed;
    boolean none = items.isNull() || (items.isObject() && items.isEmpty());
    if (!items.isArray() && !none) {
      throw new IllegalArgumentException(
          name + " must be a list, or what LiveKit's list call answers: an object with items");
    }
    return items;
  }

  private static void merge(String what, JsonNode json, Message.Builder builder) {
    try {
      JsonFormat.parser().ignoringUnknownFields().merge(json.toString(), builder);
    } catch (InvalidProtocolBufferException wrong) {
      throw new IllegalArgumentException(what + " cannot be read", wrong);
    }
  }

  private static void refuseWithoutId(String what, String id, String field) {
    if (id.isEmpty()) {
      throw new IllegalArgumentException(
          "%s has no %s: it must be as LiveKit lists it, not as one is created"
              .formatted(what, field));
    }
  }

  /** The media of newer LiveKits, which the SDK's messages do not name; null when there is none. */
  private static @Nullable MediaConfig media(String what, JsonNode media) {
    if (media.isMissingNode() || media.isNull()) {
      return null;
    }
    JsonNode listed = field(media, "codecs", "codecs");
    if (!media.isObject() || !(listed.isArray() || listed.isMissingNode() || listed.isNull())) {
      throw new IllegalArgumentException(what + " has media that cannot be read");
    }
    List<String> codecs = new ArrayList<>();
    listed.forEach(
        codec -> {
          int rate = codec.path("rate").asInt();
          codecs.add(codec.path("name").asText() + (rate == 0 ? "" : "/" + rate));
        });
    return new MediaConfig(
        encryption(what, media.path("encryption")),
        field(media, "only_listed_codecs", "onlyListedCodecs").asBoolean(),
        codecs);
  }

  private static @Nullable SIPMediaEncryption encryption(String what, JsonNode said) {
    if (said.isMissingNode() || said.isNull()) {
      return null;
    }
    try {
      return said.isInt()
          ? SIPMediaEncryption.forNumber(said.asInt())
          : SIPMediaEncryption.valueOf(said.asText());
    } catch (IllegalArgumentException unknown) {
      throw new IllegalArgumentException(what + " has an unknown media.encryption", unknown);
    }
  }

  private static JsonNode field(JsonNode object, String name, String otherName) {
    return object.has(name) ? object.path(name) : object.path(otherName);
  }
}
