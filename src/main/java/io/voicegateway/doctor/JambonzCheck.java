package io.voicegateway.doctor;

import io.voicegateway.jambonz.rest.Account;
import io.voicegateway.jambonz.rest.Application;
import io.voicegateway.jambonz.rest.GatewayHooks;
import io.voicegateway.jambonz.rest.JambonzApi;
import io.voicegateway.jambonz.rest.JambonzFailure;
import io.voicegateway.jambonz.rest.SbcAddress;
import io.voicegateway.jambonz.rest.SipUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import livekit.LivekitSip.SIPOutboundTrunkInfo;
import org.jspecify.annotations.Nullable;

/** Whether the account in Jambonz calls the gateway as it must be called. */
final class JambonzCheck {

  private static final String CHECK = "Jambonz";
  private static final String USER = "voice-gateway";
  private static final String CLIENT = "SIP client";

  private final JambonzApi jambonz;
  private final List<String> secrets;
  private final String publicUrl;
  private final boolean livekitCallsIn;
  private final @Nullable SIPOutboundTrunkInfo trunk;

  /**
   * @param secrets the webhook secrets that the gateway accepts
   * @param publicUrl where Jambonz reaches the gateway, without a path; empty when not known
   * @param livekitCallsIn whether LiveKit rings back or calls persons
   * @param trunk by which it does, null when it is not known
   */
  JambonzCheck(
      JambonzApi jambonz,
      List<String> secrets,
      String publicUrl,
      boolean livekitCallsIn,
      @Nullable SIPOutboundTrunkInfo trunk) {
    this.jambonz = jambonz;
    this.secrets = secrets;
    this.publicUrl = publicUrl;
    this.livekitCallsIn = livekitCallsIn;
    this.trunk = trunk;
  }

  List<Diagnosis> examine() {
    if (!jambonz.isSet()) {
      return List.of(Diagnosis.skipped(CHECK, "JAMBONZ_API_URL is not set"));
    }
    List<Diagnosis> diagnoses = new ArrayList<>();
    try {
      Account account = jambonz.account();
      diagnoses.add(state(account));
      diagnoses.add(secret());
      List<Application> applications = jambonz.applications();
      diagnoses.addAll(new ApplicationCheck(publicUrl).examine(applications, GatewayHooks.CALL));
      if (livekitCallsIn) {
        diagnoses.addAll(waysInForLiveKit(account, applications));
      }
      diagnoses.add(addresses());
    } catch (JambonzFailure failed) {
      diagnoses.add(
          Diagnosis.problem(
              CHECK,
              String.valueOf(failed.getMessage()).replaceFirst("^Jambonz: ", ""),
              "Check JAMBONZ_API_URL, JAMBONZ_ACCOUNT_SID and JAMBONZ_API_KEY."));
    }
    return diagnoses;
  }

  private static Diagnosis state(Account account) {
    return account.isActive()
        ? Diagnosis.ok(CHECK, "the API answers for account " + account.name())
        : Diagnosis.problem(
            CHECK,
            "account %s is switched off: it takes no calls".formatted(account.name()),
            "Switch it on in the portal, Accounts.");
  }

  private Diagnosis secret() {
    return secrets.contains(jambonz.webhookSecret())
        ? Diagnosis.ok("webhook secret", "the account's is one of the gateway's")
        : Diagnosis.problem(
            "webhook secret",
            "the account's is none of the gateway's: every hook is declined with 403",
            "Put the account's webhook secret into JAMBONZ_WEBHOOK_SECRET.");
  }

  private Diagnosis addresses() {
    String addresses =
        jambonz.sbcs().stream().map(SbcAddress::ipv4).distinct().collect(Collectors.joining(", "));
    return addresses.isEmpty()
        ? Diagnosis.skipped("SBC", "Jambonz tells no signalling address")
        : Diagnosis.ok(
            "SBC", "LiveKit sees calls from " + addresses + ", for allowed_addresses of a trunk");
  }

  // ---- calls that LiveKit places

  private List<Diagnosis> waysInForLiveKit(Account account, List<Application> applications) {
    List<Diagnosis> diagnoses =
        new ArrayList<>(
            new ApplicationCheck(publicUrl).examine(applications, GatewayHooks.CALLBACK));
    if (account.sipRealm() == null || account.sipRealm().isEmpty()) {
      diagnoses.add(
          Diagnosis.problem(
              CLIENT,
              "the account has no SIP realm: LiveKit cannot call in",
              "Set one in the portal, Account, SIP realm. " + ApplicationCheck.SETUP));
    }
    diagnoses.add(client(account, applications));
    return diagnoses;
  }

  private Diagnosis client(Account account, List<Application> applications) {
    Optional<SipUser> client =
        jambonz.sipUsers().stream()
            .filter(user -> user.username().equalsIgnoreCase(USER))
            .findFirst();
    if (client.isEmpty()) {
      return Diagnosis.warning(
          CLIENT,
          "there is no client %s: LiveKit calls in by another one or by a carrier, or not at all"
              .formatted(USER),
          ApplicationCheck.SETUP);
    }
    if (!client.get().isActive()) {
      return Diagnosis.problem(
          CLIENT,
          USER + " is switched off: LiveKit cannot call in",
          "Switch it on in the portal, Clients. " + ApplicationCheck.SETUP);
    }
    if (!mayCallIn(client.get())) {
      return Diagnosis.problem(
          CLIENT,
          USER + " has another password than LiveKit's outbound trunk: LiveKit's calls get 401",
          "./gateway setup --jambonz --new-login --apply gives both a new one.");
    }
    boolean isServed =
        applications.stream()
            .filter(one -> one.sid().equals(account.deviceApplication()))
            .anyMatch(one -> ApplicationCheck.calls(one, GatewayHooks.CALLBACK));
    return isServed
        ? Diagnosis.ok(CLIENT, USER + " may call in, and the gateway is asked what to do")
        : Diagnosis.problem(
            CLIENT,
            "calls of SIP clients do not run the application that calls " + GatewayHooks.CALLBACK,
            "Choose it in the portal, Account, application for SIP device calls. "
                + ApplicationCheck.SETUP);
  }

  /** A trunk of another user is not the client's. */
  private boolean mayCallIn(SipUser client) {
    return trunk == null
        || !trunk.getAuthUsername().equalsIgnoreCase(USER)
        || client.mayHave(trunk.getAuthPassword());
  }
}
