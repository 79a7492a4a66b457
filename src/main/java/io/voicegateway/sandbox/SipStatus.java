package io.voicegateway.sandbox;

import com.google.protobuf.Any;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import livekit.LivekitSip.SIPStatus;

/** A SIP refusal as an error of the API (protocol/livekit/sip.go, SIPStatus). */
record SipStatus(int code, String reason) {
  private static final Set<Integer> PLAIN_FAILURES = Set.of(400, 404, 480, 486, 488);
  private static final Map<Integer, String> REASONS =
      Map.ofEntries(
          Map.entry(400, "Bad Request"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "Not Found"),
          Map.entry(408, "Request Timeout"),
          Map.entry(480, "Temporarily Unavailable"),
          Map.entry(486, "Busy Here"),
          Map.entry(487, "Request Terminated"),
          Map.entry(488, "Not Acceptable Here"),
          Map.entry(500, "Server Internal Error"),
          Map.entry(501, "Not Implemented"),
          Map.entry(502, "Bad Gateway"),
          Map.entry(503, "Service Unavailable"),
          Map.entry(504, "Server Time-out"),
          Map.entry(600, "Busy Everywhere"),
          Map.entry(603, "Decline"),
          Map.entry(604, "Does Not Exist Anywhere"));

  static SipStatus of(int code) {
    return new SipStatus(code, REASONS.getOrDefault(code, "Refused"));
  }

  /** The error of an INVITE that was refused (sip/pkg/sip/outbound.go). */
  TwirpError inviteRefused() {
    return error(
        PLAIN_FAILURES.contains(code)
            ? "INVITE failed: "
            : "unexpected status from INVITE response: ");
  }

  TwirpError error(String prefix) {
    String message = prefix + "sip status: " + code + ": " + reason;
    TwirpCode twirp = twirpCode();
    return new TwirpError(
        twirp,
        TwirpError.innerMessage(message),
        Map.of(
            "sip_status_code",
            Integer.toString(code),
            "sip_status",
            reason,
            "error_details",
            details(twirp, message)));
  }

  private TwirpCode twirpCode() {
    return switch (code) {
      case 401, 402, 403, 433, 470, 603, 607, 608 -> TwirpCode.PERMISSION_DENIED;
      case 404, 410, 481, 604 -> TwirpCode.NOT_FOUND;
      case 407, 428, 436, 437, 438, 494 -> TwirpCode.UNAUTHENTICATED;
      case 408, 504 -> TwirpCode.DEADLINE_EXCEEDED;
      case 409, 412, 482, 483 -> TwirpCode.FAILED_PRECONDITION;
      case 416 -> TwirpCode.OUT_OF_RANGE;
      case 440, 480, 486, 600 -> TwirpCode.RESOURCE_EXHAUSTED;
      case 487, 491 -> TwirpCode.ABORTED;
      case 505, 513 -> TwirpCode.INVALID_ARGUMENT;
      default ->
          code >= 500 && code < 600 ? TwirpCode.FAILED_PRECONDITION : TwirpCode.INVALID_ARGUMENT;
    };
  }

  /** A google.rpc.Status message, written field by field: its class is not on the class path. */
  private String details(TwirpCode twirp, String message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream status = CodedOutputStream.newInstance(bytes);
    try {
      status.writeInt32(1, twirp.grpc());
      status.writeString(2, message);
      status.writeMessage(
          3, Any.pack(SIPStatus.newBuilder().setCodeValue(code).setStatus(reason).build()));
      status.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
