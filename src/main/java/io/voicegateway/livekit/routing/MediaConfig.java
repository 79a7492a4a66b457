package io.voicegateway.livekit.routing;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import livekit.LivekitSip.SIPDispatchRuleInfo;
import livekit.LivekitSip.SIPInboundTrunkInfo;
import livekit.LivekitSip.SIPMediaEncryption;
import org.jspecify.annotations.Nullable;

/**
 * The {@code media} of a trunk or rule (protocol/livekit/sip.go, SIPMediaConfig), which newer
 * LiveKits have beside the older {@code media_encryption}. The SDK's messages do not name the field
 * and keep it among those that they do not know.
 *
 * @param encryption null when it is not said
 * @param onlyListed whether the codecs take the place of LiveKit's own
 * @param codecs as {@code PCMU} or {@code PCMU/8000}
 */
public record MediaConfig(
    @Nullable SIPMediaEncryption encryption, boolean onlyListed, List<String> codecs) {

  private static final int OF_TRUNK = 20;
  private static final int OF_RULE = 16;
  private static final int ONLY_LISTED = 1;
  private static final int CODECS = 2;
  private static final int ENCRYPTION = 3;
  private static final int CODEC_NAME = 1;
  private static final int CODEC_RATE = 2;

  /** Switched on by default (sip/pkg/sip/media_codecs.go). */
  private static final Set<String> USUAL = Set.of("PCMU/8000", "PCMA/8000", "G722/8000");

  /** All that LiveKit has (media-sdk); what else is listed is switched on and does nothing. */
  private static final Set<String> KNOWN =
      Set.of("PCMU/8000", "PCMA/8000", "G722/8000", "AMR-WB/16000");

  /** Given to a codec without a rate, as long as its name is written like this. */
  private static final Map<String, String> USUAL_RATES =
      Map.of("PCMU", "8000", "PCMA", "8000", "G722", "8000", "AMR-WB", "16000");

  public MediaConfig {
    codecs = List.copyOf(codecs);
  }

  /** Puts it into the trunk that is built. */
  public void addTo(SIPInboundTrunkInfo.Builder trunk) {
    addTo(trunk, OF_TRUNK);
  }

  /** Puts it into the rule that is built. */
  public void addTo(SIPDispatchRuleInfo.Builder rule) {
    addTo(rule, OF_RULE);
  }

  /** What counts for a call: the rule's own, and of the trunk's what the rule leaves open. */
  static MediaConfig of(@Nullable SIPInboundTrunkInfo trunk, SIPDispatchRuleInfo rule) {
    MediaConfig ofRule =
        read(rule.getUnknownFields(), OF_RULE).upgradedWith(rule.getMediaEncryption());
    return trunk == null
        ? ofRule
        : read(trunk.getUnknownFields(), OF_TRUNK)
            .upgradedWith(trunk.getMediaEncryption())
            .with(ofRule);
  }

  private MediaConfig upgradedWith(SIPMediaEncryption older) {
    boolean says = encryption == null && older != SIPMediaEncryption.SIP_MEDIA_ENCRYPT_DISABLE;
    return says ? new MediaConfig(older, onlyListed, codecs) : this;
  }

  private MediaConfig with(MediaConfig ofRule) {
    boolean leavesOpen =
        ofRule.encryption == null
            || ofRule.encryption == SIPMediaEncryption.SIP_MEDIA_ENCRYPT_DISABLE;
    MediaConfig listing = ofRule.codecs.isEmpty() ? this : ofRule;
    return new MediaConfig(
        leavesOpen ? encryption : ofRule.encryption, listing.onlyListed, listing.codecs);
  }

  boolean requiresSrtp() {
    return encryption == SIPMediaEncryption.SIP_MEDIA_ENCRYPT_REQUIRE;
  }

  /** Whether LiveKit can make anything of it; if not, it answers 500. */
  boolean isUsable() {
    return !(onlyListed && codecs.isEmpty())
        && codecs.stream()
            .allMatch(codec -> codec.indexOf('/') > 0 || USUAL_RATES.containsKey(codec));
  }

  /** The codecs that LiveKit takes, with their rates. */
  Set<String> taken() {
    Set<String> taken = new LinkedHashSet<>(onlyListed ? Set.of() : USUAL);
    codecs.forEach(codec -> taken.add(withRate(codec.toUpperCase(Locale.ROOT))));
    taken.retainAll(KNOWN);
    return taken;
  }

  /** Whether one codec, written {@code PCMU} or {@code PCMU/8000}, is known to both sides. */
  boolean takesOneOf(List<String> offered) {
    Set<String> taken = taken();
    return offered.stream()
        .map(codec -> withRate(codec.toUpperCase(Locale.ROOT)))
        .anyMatch(taken::contains);
  }

  /** In words, as {@code G722, PCMA, PCMU}. */
  String words() {
    Set<String> taken = taken();
    return taken.isEmpty() ? "no codec" : names(taken);
  }

  private static String names(Set<String> taken) {
    return taken.stream()
        .map(codec -> codec.substring(0, codec.indexOf('/')))
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String withRate(String codec) {
    String[] parts = codec.split("/", 3);
    return parts[0] + "/" + (parts.length > 1 ? parts[1] : USUAL_RATES.getOrDefault(parts[0], "0"));
  }

  // ---- the field on the wire

  private void addTo(Message.Builder builder, int number) {
    UnknownFieldSet.Builder media = UnknownFieldSet.newBuilder();
    media.addField(ONLY_LISTED, varint(onlyListed ? 1 : 0));
    if (encryption != null) {
      media.addField(ENCRYPTION, varint(encryption.getNumber()));
    }
    Field.Builder listed = Field.newBuilder();
    codecs.forEach(codec -> listed.addLengthDelimited(written(codec)));
    media.addField(CODECS, listed.build());
    builder.setUnknownFields(
        UnknownFieldSet.newBuilder(builder.getUnknownFields())
            .mergeField(number, bytes(media.build().toByteString()))
            .build());
  }

  private static ByteString written(String codec) {
    String[] parts = codec.split("/", 2);
    UnknownFieldSet.Builder one = UnknownFieldSet.newBuilder();
    one.addField(CODEC_NAME, bytes(ByteString.copyFromUtf8(parts[0])));
    if (parts.length > 1) {
      one.addField(CODEC_RATE, varint(Long.parseLong(parts[1])));
    }
    return one.build().toByteString();
  }

  private static Field varint(long value) {
    return Field.newBuilder().addVarint(value).build();
  }

  private static Field bytes(ByteString value) {
    return Field.newBuilder().addLengthDelimited(value).build();
  }

  private static MediaConfig read(UnknownFieldSet fields, int number) {
    List<ByteString> found = fields.getField(number).getLengthDelimitedList();
    try {
      return found.isEmpty()
          ? new MediaConfig(null, false, List.of())
          : read(UnknownFieldSet.parseFrom(found.get(found.size() - 1)));
    } catch (InvalidProtocolBufferException another) {
      return new MediaConfig(null, false, List.of());
    }
  }

  private static MediaConfig read(UnknownFieldSet media) throws InvalidProtocolBufferException {
    Set<String> codecs = new LinkedHashSet<>();
    for (ByteString codec : media.getField(CODECS).getLengthDelimitedList()) {
      UnknownFieldSet one = UnknownFieldSet.parseFrom(codec);
      String name =
          one.getField(CODEC_NAME).getLengthDelimitedList().stream()
              .map(ByteString::toStringUtf8)
              .collect(Collectors.joining());
      long rate = last(one.getField(CODEC_RATE));
      codecs.add(rate == 0 ? name : name + "/" + rate);
    }
    boolean says = !media.getField(ENCRYPTION).getVarintList().isEmpty();
    return new MediaConfig(
        says ? SIPMediaEncryption.forNumber((int) last(media.getField(ENCRYPTION))) : null,
        last(media.getField(ONLY_LISTED)) != 0,
        List.copyOf(codecs));
  }

  private static long last(Field field) {
    List<Long> values = field.getVarintList();
    return values.isEmpty() ? 0 : values.get(values.size() - 1);
  }
}
