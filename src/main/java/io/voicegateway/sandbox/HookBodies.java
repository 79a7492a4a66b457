package io.voicegateway.sandbox;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The bodies of one call's hooks, in the form of Jambonz 0.9. */
record HookBodies(String sid, SandboxJambonz.PhoneCall phone) {

  private static final JsonMapper JSON = new JsonMapper();

  /** The hook of the new call, with the whole INVITE. */
  ObjectNode newCall() {
    try (InputStream template = HookBodies.class.getResourceAsStream("/sandbox/session-new.json")) {
      String text = new String(template.readAllBytes(), StandardCharsets.UTF_8);
      ObjectNode hook = (ObjectNode) JSON.readTree(text.replace("@@SID@@", sid));
      return hook.put("from", phone.from()).put("to", phone.to());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /**
   * A leg as status and action hooks show it.
   *
   * @param dialledLeg id of the leg that Jambonz dialled; null for the caller's own
   */
  ObjectNode leg(String callStatus, int sipStatus, @Nullable String dialledLeg) {
    ObjectNode leg = JSON.createObjectNode();
    leg.put("call_sid", dialledLeg == null ? sid : dialledLeg);
    leg.put("direction", dialledLeg == null ? "inbound" : "outbound");
    leg.put("from", phone.from()).put("to", phone.to());
    leg.put("sip_status", sipStatus).put("call_status", callStatus);
    leg.put("fs_sip_address", "198.51.100.7:5070");
    if (dialledLeg != null) {
      leg.put("parent_call_sid", sid);
    }
    return leg;
  }
}
