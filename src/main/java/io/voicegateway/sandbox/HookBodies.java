package io.voicegateway.sandbox;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The bodies of one leg's hooks, in the form of Jambonz 0.9. */
record HookBodies(String sid, String from, String to) {

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * The hook of the new call, with the whole INVITE.
   *
   * @param headers what the INVITE carries besides the usual
   */
  ObjectNode newCall(Map<String, String> headers) {
    try (InputStream template = HookBodies.class.getResourceAsStream("/sandbox/session-new.json")) {
      String text = new String(template.readAllBytes(), StandardCharsets.UTF_8);
      ObjectNode hook = (ObjectNode) JSON.readTree(text.replace("@@SID@@", sid));
      ObjectNode invite = hook.withObject("/sip/headers");
      headers.forEach(invite::put);
      return hook.put("from", from).put("to", to);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** The leg as status and action hooks show it. */
  ObjectNode leg(String callStatus, int sipStatus) {
    return body(sid, "inbound", to, callStatus, sipStatus);
  }

  /**
   * A leg that was dialled for this one.
   *
   * @param target the number or SIP address that was dialled
   */
  ObjectNode dialled(String dialledSid, String target, String callStatus, int sipStatus) {
    return body(dialledSid, "outbound", target, callStatus, sipStatus).put("parent_call_sid", sid);
  }

  private ObjectNode body(
      String callSid, String direction, String called, String callStatus, int sipStatus) {
    ObjectNode leg = JSON.createObjectNode();
    leg.put("call_sid", callSid).put("direction", direction);
    leg.put("from", from).put("to", called);
    leg.put("sip_status", sipStatus).put("call_status", callStatus);
    return leg.put("fs_sip_address", "198.51.100.7:5070");
  }
}
