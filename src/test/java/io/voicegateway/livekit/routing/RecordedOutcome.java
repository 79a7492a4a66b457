package io.voicegateway.livekit.routing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import livekit.LivekitSip.SIPDispatchRuleInfo;
import livekit.LivekitSip.SIPInboundTrunkInfo;

/** One case of sip-outcomes.json: what a running LiveKit did with an INVITE. */
record RecordedOutcome(JsonNode json) {

  static List<RecordedOutcome> all() throws IOException {
    try (InputStream file =
        RecordedOutcome.class.getResourceAsStream("/livekit/sip-outcomes.json")) {
      List<RecordedOutcome> cases = new ArrayList<>();
      new ObjectMapper().readTree(file).forEach(each -> cases.add(new RecordedOutcome(each)));
      return cases;
    }
  }

  String name() {
    return json.get("case").asText();
  }

  List<SIPInboundTrunkInfo> trunks() {
    return messages("trunks", SIPInboundTrunkInfo::newBuilder, SIPInboundTrunkInfo.class);
  }

  List<SIPDispatchRuleInfo> rules() {
    return messages("rules", SIPDispatchRuleInfo::newBuilder, SIPDispatchRuleInfo.class);
  }

  Invite invite() {
    JsonNode invite = json.get("invite");
    String source = invite.get("source").asText();
    List<String> codecs = new ArrayList<>();
    invite.get("codecs").forEach(codec -> codecs.add(codec.asText()));
    return new Invite(
        invite.get("from").asText(),
        invite.get("to").asText(),
        toHeaderUser(invite.path("to_header").asText("")),
        option("--from-host").orElse(source),
        credentials(invite.get("auth")),
        invite.get("transport").asText(),
        source,
        codecs,
        false);
  }

  int finalCode() {
    return json.path("final_code").asInt(0);
  }

  String reason() {
    return json.path("reason").asText("").replace("null", "");
  }

  boolean challenged() {
    return json.get("challenged").asBoolean();
  }

  boolean rang() {
    return json.get("provisional").toString().contains("180 Ringing");
  }

  String matched(String what) {
    return json.get("matched").path(what).asText("").replace("null", "");
  }

  Verdict.Outcome outcome() {
    String words = json.get("outcome").asText();
    if (words.startsWith("rings, then no final answer")) {
      return Verdict.Outcome.DROPPED;
    }
    return words.equals("answered") ? Verdict.Outcome.ANSWERED : Verdict.Outcome.REJECTED;
  }

  /**
   * Whether the end came from outside routing: a process was down, a setting was wrong, or nobody
   * was in the room to talk to. Of these cases only what routing had decided can be compared.
   */
  boolean endedOutsideRouting() {
    return json.hasNonNull("config") && outcome() != Verdict.Outcome.ANSWERED;
  }

  /** The random end of the recorded room, to be dealt again. */
  String randomSuffix() {
    String room = matched("room");
    return room.substring(room.lastIndexOf('_') + 1);
  }

  private Optional<String> option(String name) {
    JsonNode extra = json.get("invite").get("extra");
    for (int i = 0; i + 1 < extra.size(); i++) {
      if (extra.get(i).asText().equals(name)) {
        return Optional.of(extra.get(i + 1).asText());
      }
    }
    return Optional.empty();
  }

  private Credentials credentials(JsonNode auth) {
    if (auth == null || auth.isNull()) {
      return null;
    }
    return new Credentials(
        auth.get("username").asText(),
        auth.get("password").asText(),
        option("--auth-header").orElse("Proxy-Authorization"));
  }

  private static String toHeaderUser(String header) {
    if (!header.contains("sip:")) {
      return null;
    }
    String uri = header.substring(header.indexOf("sip:") + "sip:".length());
    return uri.contains("@") ? uri.substring(0, uri.indexOf('@')) : "";
  }

  private <T extends Message> List<T> messages(
      String field, Supplier<? extends Message.Builder> builders, Class<T> type) {
    List<T> messages = new ArrayList<>();
    for (JsonNode each : json.get(field)) {
      Message.Builder builder = builders.get();
      try {
        JsonFormat.parser().ignoringUnknownFields().merge(each.toString(), builder);
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalStateException(name(), e);
      }
      messages.add(type.cast(builder.build()));
    }
    return messages;
  }
}
