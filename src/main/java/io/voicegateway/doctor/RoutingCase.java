package io.voicegateway.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.voicegateway.livekit.routing.InboundRouting;
import io.voicegateway.livekit.routing.Invite;
import io.voicegateway.livekit.routing.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import livekit.LivekitSip.SIPDispatchRuleInfo;
import livekit.LivekitSip.SIPInboundTrunkInfo;

/** An INVITE and the trunks and rules that it meets, read from JSON. */
record RoutingCase(
    String name, List<SIPInboundTrunkInfo> trunks, List<SIPDispatchRuleInfo> rules, Invite invite) {

  /** The random end of a room's name stands for any. */
  private static final String RANDOM = "<random>";

  /**
   * Reads one case or a list of cases.
   *
   * @param unreadable is given a sentence for each case that cannot be read
   * @param unknown is given a sentence for each key that nobody reads
   * @throws IllegalArgumentException with a sentence that says what is wrong with the whole
   */
  static List<RoutingCase> all(
      JsonNode json, Consumer<String> unreadable, Consumer<String> unknown) {
    if (!json.isObject() && (!json.isArray() || json.isEmpty())) {
      throw new IllegalArgumentException("there must be a case or a list of cases");
    }
    List<JsonNode> all = new ArrayList<>();
    (json.isObject() ? List.of(json) : json).forEach(all::add);
    List<RoutingCase> cases = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      String name = all.get(i).path("case").asText("case " + (i + 1));
      UnknownKeys.of(all.get(i))
          .forEach(path -> unknown.accept(name + ": " + path + " is unknown and ignored"));
      try {
        cases.add(read(all.get(i), name));
      } catch (IllegalArgumentException wrong) {
        unreadable.accept(wrong.getMessage());
      }
    }
    return cases;
  }

  Verdict verdict() {
    return new InboundRouting(() -> RANDOM).route(trunks, rules, invite);
  }

  private static RoutingCase read(JsonNode json, String name) {
    try {
      return new RoutingCase(
          name,
          ListedJson.trunks(json.path("trunks")),
          ListedJson.rules(json.path("rules")),
          InviteJson.read(json.path("invite")));
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(name + ": " + wrong.getMessage(), wrong);
    }
  }
}
