package io.voicegateway.console.web;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voicegateway.Hooks;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Calls as Jambonz tells of them, as far as a test wants them to go. */
final class Callers {

  private final Hooks jambonz;

  Callers(int port) {
    jambonz = new Hooks(port);
  }

  /** A call that is answered with a dial; its id. */
  String call(String from, String to, String name) {
    String sid = UUID.randomUUID().toString();
    ObjectNode hook = new JsonMapper().createObjectNode();
    hook.put("call_sid", sid).put("direction", "inbound").put("from", from).put("to", to);
    hook.put("caller_name", name);
    jambonz.call(hook.toString());
    return sid;
  }

  void rings(String sid) {
    farLeg(sid, "ringing", 180);
  }

  void talks(String sid) {
    farLeg(sid, "in-progress", 200);
  }

  void hangsUp(String sid) {
    ends(sid, "completed", 200, "caller");
  }

  /** The dial to LiveKit meets that answer, and the caller is turned down. */
  void fails(String sid, int sip) {
    farLeg(sid, "trying", 100);
    farLeg(sid, "failed", sip);
    jambonz.call(
        "/livekit-api/dial",
        """
        {"call_sid": "%1$s", "dial_call_sid": "%1$s-far", "dial_call_status": "failed",
         "dial_sip_status": %2$d, "call_status": "in-progress"}"""
            .formatted(sid, sip)
            .getBytes(StandardCharsets.UTF_8),
        "application/json");
    ends(sid, "failed", 480, "jambonz");
  }

  /** A call without an id, whose hook becomes a dead letter. */
  void isNotUnderstood(String from) {
    jambonz.event("/livekit-api", "{\"from\": \"%s\", \"to\": \"+15550001000\"}".formatted(from));
  }

  private void farLeg(String sid, String status, int sip) {
    status(
        """
        {"call_sid": "%1$s-far", "parent_call_sid": "%1$s", "direction": "outbound",
         "call_status": "%2$s", "sip_status": %3$d}"""
            .formatted(sid, status, sip));
  }

  private void ends(String sid, String status, int sip, String by) {
    status(
        """
        {"call_sid": "%s", "direction": "inbound", "call_status": "%s", "sip_status": %d,
         "call_termination_by": "%s"}"""
            .formatted(sid, status, sip, by));
  }

  private void status(String json) {
    jambonz.event("/livekit-api/status", json);
  }
}
