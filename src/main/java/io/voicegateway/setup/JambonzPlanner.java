package io.voicegateway.setup;

import io.voicegateway.call.Mask;
import io.voicegateway.jambonz.rest.Account;
import io.voicegateway.jambonz.rest.Application;
import io.voicegateway.jambonz.rest.GatewayHooks;
import io.voicegateway.jambonz.rest.Hook;
import io.voicegateway.jambonz.rest.JambonzApi;
import io.voicegateway.jambonz.rest.PhoneNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Compares the account in Jambonz with what the gateway needs: the application whose hooks call the
 * gateway, the one for calls that come from LiveKit, and the numbers that were named.
 */
final class JambonzPlanner {

  static final String APPLICATION = "voice-gateway";
  static final String CALLBACK = "voice-gateway-callback";

  private static final String WHAT = "application";

  private final JambonzApi jambonz;
  private final JambonzNeeds needed;

  JambonzPlanner(JambonzApi jambonz, JambonzNeeds needed) {
    this.jambonz = jambonz;
    this.needed = needed;
  }

  List<Step> plan(Account account, List<Application> applications) {
    List<Step> steps = new ArrayList<>();
    steps.add(secret());
    if (!account.isActive()) {
      steps.add(
          Step.told(
              Action.CONFLICT,
              "account",
              "",
              "it is switched off in Jambonz: it takes no calls",
              "switch it on in the portal, Accounts"));
    }
    if (!needed.publicUrl().matches("https?://[^/?#\\s]+")) {
      steps.add(
          Step.told(
              Action.CONFLICT,
              WHAT,
              "",
              "Jambonz must know where the gateway is",
              "set PUBLIC_URL to its address without a path, such as https://gateway.example.com"));
      return steps;
    }
    steps.add(application(applications, APPLICATION, GatewayHooks.CALL));
    steps.add(application(applications, CALLBACK, GatewayHooks.CALLBACK));
    steps.add(devices(account, usable(applications, CALLBACK)));
    steps.addAll(numbers(usable(applications, APPLICATION)));
    return steps;
  }

  private Step secret() {
    String secret = jambonz.webhookSecret();
    if (needed.webhookSecrets().contains(secret)) {
      return Step.told(Action.KEEP, "webhook secret", "", "the account's is one of the gateway's");
    }
    return Step.told(
        Action.CONFLICT,
        "webhook secret",
        "",
        "the account's is none of JAMBONZ_WEBHOOK_SECRET: every hook would be declined",
        "add it: Jambonz's portal shows it under Account, Webhook secret");
  }

  private Step application(List<Application> all, String name, String path) {
    Hook callHook = Hook.post(needed.publicUrl() + path + GatewayHooks.RETRIES);
    Hook statusHook = Hook.post(needed.publicUrl() + GatewayHooks.STATUS);
    Optional<Application> found = find(all, name);
    if (found.isEmpty()) {
      return Step.work(
          Action.CREATE,
          WHAT,
          "",
          "%s, calling webhook %s, status webhook %s"
              .formatted(name, callHook.url(), statusHook.url()),
          () ->
              "created application %s %s"
                  .formatted(name, jambonz.createApplication(name, callHook, statusHook)));
    }
    return isOfAnother(found.get())
        ? keepOff(found.get())
        : change(found.get(), callHook, statusHook);
  }

  /** Several gateways may share an account; whose calls it takes, its it is. */
  private boolean isOfAnother(Application application) {
    String host = application.callHook() == null ? "" : host(application.callHook().url());
    return !needed.adopted().contains(application.sid())
        && !host.isEmpty()
        && !host.equalsIgnoreCase(host(needed.publicUrl()));
  }

  private Step keepOff(Application theirs) {
    return Step.told(
        Action.CONFLICT,
        WHAT,
        theirs.sid(),
        "%s calls another gateway: calling webhook %s, status webhook %s, and PUBLIC_URL is %s"
            .formatted(
                theirs.name(),
                words(theirs.callHook()),
                words(theirs.statusHook()),
                needed.publicUrl()),
        "--adopt %s lets it call this one; the calls of its numbers go here then"
            .formatted(theirs.sid()),
        "or correct PUBLIC_URL, or give the other gateway's application another name in the portal");
  }

  private static String host(String url) {
    return url.replaceFirst("^https?://", "").replaceFirst("[/#?].*", "");
  }

  private Step change(Application ours, Hook callHook, Hook statusHook) {
    List<String> differences =
        new Differences()
            .compare("call_hook", words(ours.callHook()), words(callHook))
            .compare("call_status_hook", words(ours.statusHook()), words(statusHook))
            .lines();
    return Step.keepOrChange(
        WHAT,
        ours.sid(),
        ours.name(),
        differences,
        () -> {
          jambonz.changeApplication(
              ours, callHook.inPlaceOf(ours.callHook()), statusHook.inPlaceOf(ours.statusHook()));
          return "changed application " + ours.sid();
        });
  }

  private static String words(@Nullable Hook hook) {
    return hook == null ? "none" : hook.method() + " " + hook.url();
  }

  /** Calls of SIP clients, LiveKit among them, run one application of the account. */
  private Step devices(Account account, Optional<Application> callback) {
    String current = account.deviceApplication();
    String words = "calls of all its SIP clients run " + CALLBACK;
    if (current != null && callback.map(Application::sid).filter(current::equals).isPresent()) {
      return Step.told(Action.KEEP, "account", "", words);
    }
    if (current != null) {
      return Step.told(
          Action.CONFLICT,
          "account",
          "",
          "calls of SIP clients run application %s; LiveKit calls in as a SIP client"
              .formatted(current),
          "let them run %s (portal, Account, application for SIP device calls), or give LiveKit"
                  .formatted(CALLBACK)
              + " a carrier of its own with that application");
    }
    return new Step(
        Action.CHANGE,
        "account",
        "",
        words,
        List.of(),
        callback
            .map(
                application ->
                    (Supplier<String>)
                        () -> {
                          jambonz.setDeviceApplication(application.sid());
                          return words;
                        })
            .orElse(null));
  }

  private List<Step> numbers(Optional<Application> application) {
    if (needed.numbers().isEmpty()) {
      return List.of();
    }
    List<PhoneNumber> all = jambonz.phoneNumbers();
    return needed.numbers().stream()
        .flatMap(number -> number(number, all, application).stream())
        .toList();
  }

  /** A number is there once for each carrier that brings its calls. */
  private List<Step> number(
      String wanted, List<PhoneNumber> all, Optional<Application> application) {
    List<PhoneNumber> found =
        all.stream().filter(one -> digits(one.number()).equals(digits(wanted))).toList();
    if (found.isEmpty()) {
      return List.of(
          Step.told(
              Action.CONFLICT,
              "phone number",
              "",
              "Jambonz has no number " + Mask.tail(wanted),
              "add it in the portal, Phone numbers, with the carrier that brings its calls"));
    }
    String sid = application.map(Application::sid).orElse(null);
    return found.stream().map(number -> number(number, sid)).toList();
  }

  /**
   * One of them.
   *
   * @param sid of the application; null while that has to be made first
   */
  private Step number(PhoneNumber number, @Nullable String sid) {
    String words = Mask.tail(number.number()) + " runs " + APPLICATION;
    if (sid != null && sid.equals(number.applicationSid())) {
      return Step.told(Action.KEEP, "phone number", number.sid(), words);
    }
    String before = number.applicationSid() == null ? "none" : number.applicationSid();
    return new Step(
        Action.CHANGE,
        "phone number",
        number.sid(),
        words,
        List.of("application: %s -> %s".formatted(before, sid == null ? APPLICATION : sid)),
        sid == null ? null : () -> assign(number, sid, words));
  }

  private String assign(PhoneNumber number, String applicationSid, String words) {
    jambonz.setApplication(number, applicationSid);
    return words;
  }

  private static String digits(String number) {
    return number.replaceAll("[^0-9*]", "");
  }

  /** What calls go to; empty as long as it does not call this gateway. */
  private Optional<Application> usable(List<Application> all, String name) {
    return find(all, name).filter(one -> !isOfAnother(one));
  }

  private static Optional<Application> find(List<Application> all, String name) {
    return all.stream().filter(one -> one.name().equalsIgnoreCase(name)).findFirst();
  }
}
