package io.voicegateway.doctor;

import io.voicegateway.jambonz.rest.Application;
import io.voicegateway.jambonz.rest.GatewayHooks;
import io.voicegateway.jambonz.rest.Hook;
import io.voicegateway.jambonz.rest.JambonzApi;
import io.voicegateway.jambonz.rest.JambonzFailure;
import io.voicegateway.jambonz.rest.SbcAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether the account in Jambonz calls the gateway as it must be called. */
final class JambonzCheck {

  private static final String CHECK = "Jambonz";
  private static final String SETUP = "./gateway setup --jambonz shows what to change.";

  private final JambonzApi jambonz;
  private final List<String> secrets;
  private final String publicUrl;

  /**
   * @param secrets the webhook secrets that the gateway accepts
   * @param publicUrl where Jambonz reaches the gateway, without a path; empty when not known
   */
  JambonzCheck(JambonzApi jambonz, List<String> secrets, String publicUrl) {
    this.jambonz = jambonz;
    this.secrets = secrets;
    this.publicUrl = publicUrl;
  }

  List<Diagnosis> examine() {
    if (!jambonz.isSet()) {
      return List.of(Diagnosis.skipped(CHECK, "JAMBONZ_API_URL is not set"));
    }
    List<Diagnosis> diagnoses = new ArrayList<>();
    try {
      diagnoses.add(Diagnosis.ok(CHECK, "the API answers for account " + jambonz.account().name()));
      diagnoses.add(secret());
      diagnoses.addAll(applications());
      diagnoses.add(addresses());
    } catch (JambonzFailure failed) {
      diagnoses.add(
          Diagnosis.problem(
              CHECK,
              String.valueOf(failed.getMessage()),
              "Check JAMBONZ_API_URL, JAMBONZ_ACCOUNT_SID and JAMBONZ_API_KEY."));
    }
    return diagnoses;
  }

  private Diagnosis secret() {
    return secrets.contains(jambonz.webhookSecret())
        ? Diagnosis.ok("webhook secret", "the account's is one of the gateway's")
        : Diagnosis.problem(
            "webhook secret",
            "the account's is none of the gateway's: every hook is declined with 403",
            "Put the account's webhook secret into JAMBONZ_WEBHOOK_SECRET.");
  }

  private List<Diagnosis> applications() {
    List<Application> ours =
        jambonz.applications().stream()
            .filter(one -> one.callHook() != null && path(one.callHook()).equals(GatewayHooks.CALL))
            .toList();
    if (ours.isEmpty()) {
      return List.of(
          Diagnosis.problem(
              "application",
              "no application has a calling webhook that ends in " + GatewayHooks.CALL,
              SETUP));
    }
    List<Application> here = ours.stream().filter(one -> isHere(one.callHook())).toList();
    return here.isEmpty()
        ? ours.stream().map(this::elsewhere).toList()
        : here.stream().map(this::application).toList();
  }

  private boolean isHere(@Nullable Hook hook) {
    return hook != null && (publicUrl.isEmpty() || host(hook).equalsIgnoreCase(publicUrl));
  }

  private Diagnosis elsewhere(Application application) {
    return Diagnosis.problem(
        "application",
        "%s's calling webhook is %s, and this gateway is at %s"
            .formatted(application.name(), plain(application.callHook()), publicUrl),
        "Correct one of the two: the application's address or PUBLIC_URL. " + SETUP);
  }

  private Diagnosis application(Application application) {
    String name = application.name();
    Hook callHook = application.callHook();
    Hook statusHook = application.statusHook();
    if (callHook == null || !isPost(callHook)) {
      return Diagnosis.problem(
          "application",
          name + "'s calling webhook is not a POST: Jambonz sends no call with a GET",
          "Set its method to POST. " + SETUP);
    }
    if (statusHook == null || plain(statusHook).equals(plain(callHook))) {
      return Diagnosis.problem(
          "application",
          name + "'s call status webhook is the calling webhook: each event looks like a new call",
          "Set it to …" + GatewayHooks.STATUS + ". " + SETUP);
    }
    if (!isPost(statusHook) || !path(statusHook).equals(GatewayHooks.STATUS)) {
      return Diagnosis.warning(
          "application",
          name
              + "'s call status webhook is not a POST to %s: calls' ends are missed"
                  .formatted(GatewayHooks.STATUS),
          SETUP);
    }
    if (!isHere(statusHook)) {
      return Diagnosis.warning(
          "application",
          "%s's call status webhook is %s, and this gateway is at %s: calls' ends are missed"
              .formatted(name, plain(statusHook), publicUrl),
          SETUP);
    }
    if (!callHook.url().contains(GatewayHooks.AFTER_ALL)) {
      return Diagnosis.warning(
          "application",
          name + "'s calling webhook is not tried again while the gateway restarts",
          "Let its address end in " + GatewayHooks.RETRIES + ". " + SETUP);
    }
    return Diagnosis.ok("application", name + " calls the gateway");
  }

  private Diagnosis addresses() {
    String addresses =
        jambonz.sbcs().stream().map(SbcAddress::ipv4).distinct().collect(Collectors.joining(", "));
    return addresses.isEmpty()
        ? Diagnosis.skipped("SBC", "Jambonz tells no signalling address")
        : Diagnosis.ok(
            "SBC", "LiveKit sees calls from " + addresses + ", for allowed_addresses of a trunk");
  }

  private static boolean isPost(@Nullable Hook hook) {
    return hook != null && "POST".equals(hook.method());
  }

  private static String plain(@Nullable Hook hook) {
    return hook == null ? "none" : hook.url().replaceFirst("#.*", "").replaceAll("/+$", "");
  }

  private static String host(Hook hook) {
    return plain(hook).replaceFirst("^(https?://[^/]+).*", "$1");
  }

  private static String path(Hook hook) {
    return plain(hook).replaceFirst("^https?://[^/]+", "");
  }
}
