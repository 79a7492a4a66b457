package io.voicegateway.doctor;

import io.voicegateway.sip.SipAddress;
import io.voicegateway.sip.SipAnswer;
import io.voicegateway.sip.SipClient;
import io.voicegateway.sip.SipFailure;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Whether the SIP host is LiveKit's, and can be reached from here. */
final class SipHostCheck {

  private static final String CHECK = "SIP host";
  private static final String CLOUD = ".livekit.cloud";
  private static final int OK = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** Hosts that calls were sent to by mistake; they answer, but know nothing of our rooms. */
  private static final Map<String, String> OTHERS =
      Map.of(
          "5t4n6j0wnrl.sip.livekit.cloud", "Retell",
          "retellai.com", "Retell",
          "jambonz.cloud", "Jambonz",
          "jambonz.org", "Jambonz",
          "twilio.com", "Twilio",
          "vapi.ai", "Vapi",
          "telnyx.com", "Telnyx");

  private final SipClient sip;
  private final SipAddress address;
  private final String livekitUrl;

  SipHostCheck(SipClient sip, SipAddress address, String livekitUrl) {
    this.sip = sip;
    this.address = address;
    this.livekitUrl = livekitUrl;
  }

  List<Diagnosis> examine() {
    List<Diagnosis> diagnoses = new ArrayList<>();
    form().ifPresent(diagnoses::add);
    diagnoses.add(reach());
    return diagnoses;
  }

  private Optional<Diagnosis> form() {
    String host = address.host().toLowerCase(Locale.ROOT);
    Optional<String> other =
        OTHERS.entrySet().stream()
            .filter(entry -> host.equals(entry.getKey()) || host.endsWith("." + entry.getKey()))
            .map(Map.Entry::getValue)
            .findFirst();
    if (other.isPresent()) {
      return Optional.of(
          Diagnosis.problem(
              CHECK,
              "%s is %s's, not your LiveKit's".formatted(host, other.get()),
              "Set LIVEKIT_SIP_URI to the SIP host that LiveKit's settings page shows."));
    }
    boolean cloudUrl = String.valueOf(URI.create(livekitUrl).getHost()).endsWith(CLOUD);
    if (cloudUrl != host.endsWith(CLOUD)) {
      return Optional.of(
          Diagnosis.problem(
              CHECK,
              cloudUrl
                  ? host + " is not LiveKit Cloud's, but LIVEKIT_URL is"
                  : host + " is LiveKit Cloud's, but LIVEKIT_URL is not",
              "LIVEKIT_URL and LIVEKIT_SIP_URI must be of the same LiveKit."));
    }
    return Optional.empty();
  }

  private Diagnosis reach() {
    try {
      SipAnswer answer = sip.options(address, PATIENCE);
      String words = "%s answers OPTIONS with %s%s".formatted(address, answer.code(), seen());
      return answer.code() == OK
          ? Diagnosis.ok(CHECK, words)
          : Diagnosis.warning(
              CHECK,
              words,
              "LiveKit answers 200: see whether LIVEKIT_SIP_URI is its host, and nothing stands"
                  + " before it.");
    } catch (SipFailure unreachable) {
      return Diagnosis.problem(
          CHECK, String.valueOf(unreachable.getMessage()), advice(unreachable.reason()));
    }
  }

  /** A private address is fine here, but may not be for Jambonz. */
  private String seen() {
    return isPrivate()
        ? "; its address is private: Jambonz must reach it too, and must not count it among its own"
            + " network (JAMBONES_NETWORK_CIDR), or calls from it get 403"
        : "";
  }

  private boolean isPrivate() {
    try {
      InetAddress ip = InetAddress.getByName(address.host());
      return ip.isSiteLocalAddress();
    } catch (UnknownHostException unknown) {
      return false;
    }
  }

  private static String advice(SipFailure.Reason reason) {
    return switch (reason) {
      case NO_ADDRESS -> "LIVEKIT_SIP_URI has a host that DNS does not know: correct it.";
      case UNREACHABLE -> "Start livekit-sip, or correct host, port and LIVEKIT_SIP_TRANSPORT.";
      case NO_ANSWER ->
          "A firewall may drop it, or LIVEKIT_SIP_TRANSPORT is not what the host speaks.";
      case UNTRUSTED, NO_TLS ->
          "Use tcp or udp, or give the host a certificate that machines trust.";
      case CLOSED, NOT_SIP -> "Something else listens there: correct LIVEKIT_SIP_URI.";
      case STOPPED -> "Run it again.";
    };
  }
}
