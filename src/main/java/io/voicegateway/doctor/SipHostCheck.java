package io.voicegateway.doctor;

import io.voicegateway.livekit.routing.AllowedAddresses;
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
import java.util.stream.Stream;

/** Whether the SIP host is LiveKit's, and can be reached from here. */
final class SipHostCheck {

  private static final String CHECK = "SIP host";
  private static final String CLOUD = ".livekit.cloud";
  private static final int OK = 200;
  private static final List<String> PRIVATE =
      List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7");
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
    ownNetwork().ifPresent(diagnoses::add);
    diagnoses.add(reach());
    return diagnoses;
  }

  Optional<Diagnosis> form() {
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
      String words = "%s answers OPTIONS with %s".formatted(address, answer.code());
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

  /** Jambonz takes what calls from its own network for a part of itself. */
  Optional<Diagnosis> ownNetwork() {
    return addresses()
        .filter(ip -> AllowedAddresses.isIn(ip, PRIVATE))
        .findFirst()
        .map(
            ip ->
                Diagnosis.warning(
                    CHECK,
                    "%s is %s, a private address: where Jambonz counts it among its own network, LiveKit's calls to Jambonz get 403"
                        .formatted(address.host(), ip),
                    "Keep it out of JAMBONES_NETWORK_CIDR, and let Jambonz reach it."));
  }

  private Stream<String> addresses() {
    try {
      return Stream.of(InetAddress.getAllByName(address.host()))
          .map(InetAddress::getHostAddress)
          .map(ip -> ip.replaceFirst("%.*", ""));
    } catch (UnknownHostException unknown) {
      return Stream.empty();
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
