package io.voicegateway.doctor;

import io.voicegateway.jambonz.rest.Application;
import io.voicegateway.jambonz.rest.GatewayHooks;
import io.voicegateway.jambonz.rest.Hook;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether an application of Jambonz's calls the gateway as it must be called. */
final class ApplicationCheck {

  static final String SETUP = "./gateway setup --jambonz shows what to change.";

  private static final String CHECK = "application";

  private final String publicUrl;

  /**
   * @param publicUrl where Jambonz reaches the gateway, without a path; empty when not known
   */
  ApplicationCheck(String publicUrl) {
    this.publicUrl = publicUrl;
  }

  /** Whether its calling webhook has that path, at whatever host. */
  static boolean calls(Application application, String path) {
    return application.callHook() != null && path(application.callHook()).equals(path);
  }

  /** Those whose calling webhook has that path; where one calls this gateway, no others. */
  List<Diagnosis> examine(List<Application> all, String path) {
    List<Application> ours = all.stream().filter(one -> calls(one, path)).toList();
    if (ours.isEmpty()) {
      return List.of(
          Diagnosis.problem(
              CHECK, "no application has a calling webhook that ends in " + path, SETUP));
    }
    List<Application> here = ours.stream().filter(one -> isHere(one.callHook())).toList();
    return here.isEmpty()
        ? ours.stream().map(this::elsewhere).toList()
        : here.stream().map(this::examine).toList();
  }

  private boolean isHere(@Nullable Hook hook) {
    return hook != null && (publicUrl.isEmpty() || host(hook).equalsIgnoreCase(publicUrl));
  }

  private Diagnosis elsewhere(Application application) {
    return Diagnosis.problem(
        CHECK,
        "%s's calling webhook is %s, and this gateway is at %s"
            .formatted(application.name(), plain(application.callHook()), publicUrl),
        "Correct one of the two: the application's address or PUBLIC_URL. " + SETUP);
  }

  private Diagnosis examine(Application application) {
    String name = application.name();
    Hook callHook = application.callHook();
    Hook statusHook = application.statusHook();
    if (callHook == null || !isPost(callHook)) {
      return Diagnosis.problem(
          CHECK,
          name + "'s calling webhook is not a POST: Jambonz sends no call with a GET",
          "Set its method to POST. " + SETUP);
    }
    if (plain(statusHook).equals(plain(callHook))) {
      return Diagnosis.problem(
          CHECK,
          name + "'s call status webhook is the calling webhook: each event looks like a new call",
          "Set it to …" + GatewayHooks.STATUS + ". " + SETUP);
    }
    if (statusHook == null
        || !isPost(statusHook)
        || !path(statusHook).equals(GatewayHooks.STATUS)) {
      return Diagnosis.warning(
          CHECK,
          name
              + "'s call status webhook is not a POST to %s: calls' ends are missed"
                  .formatted(GatewayHooks.STATUS),
          SETUP);
    }
    if (!isHere(statusHook)) {
      return Diagnosis.warning(
          CHECK,
          "%s's call status webhook is %s, and this gateway is at %s: calls' ends are missed"
              .formatted(name, plain(statusHook), publicUrl),
          SETUP);
    }
    if (!callHook.url().contains(GatewayHooks.AFTER_ALL)) {
      return Diagnosis.warning(
          CHECK,
          name + "'s calling webhook is not tried again while the gateway restarts",
          "Let its address end in " + GatewayHooks.RETRIES + ". " + SETUP);
    }
    return Diagnosis.ok(CHECK, name + " calls the gateway");
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
