package io.voicegateway.jambonz;

import io.voicegateway.jambonz.rest.Hook;
import io.voicegateway.jambonz.rest.JambonzApi;
import io.voicegateway.jambonz.rest.JambonzApis;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Callers who were sent to LiveKit's leg and did not find it. A conference has no end of its own
 * while somebody is in it, so that only Jambonz's API takes them out.
 */
@Component("aloneCallers")
final class AloneCallers {

  private static final Logger log = LoggerFactory.getLogger(AloneCallers.class);

  private final JambonzApis accounts;
  private final WaitingVerbs waits;
  private final String publicUrl;

  AloneCallers(JambonzApis accounts, WaitingVerbs waits, JambonzSettings settings) {
    this.accounts = accounts;
    this.waits = waits;
    this.publicUrl = settings.publicUrl();
  }

  /**
   * Has Jambonz ask once more what to do with the caller, as while he waited.
   *
   * @param then the sealed state of his wait
   * @throws io.voicegateway.jambonz.rest.JambonzFailure when Jambonz did not answer
   */
  void askAgain(@Body CallHook hook, @Header("then") @Nullable String then) {
    String sid = String.valueOf(hook.callSid());
    JambonzApi jambonz = accounts.ofAccount(hook.accountSid());
    if (!jambonz.isSet() || publicUrl.isEmpty()) {
      log.error(
          "call={} LiveKit's leg was gone when the caller joined it; without Jambonz's API and"
              + " PUBLIC_URL he stays alone until he hangs up",
          sid);
      return;
    }
    log.warn("call={} LiveKit's leg was gone when the caller joined it", sid);
    jambonz.redirect(sid, Hook.post(waits.hook("waiting", String.valueOf(then))));
  }
}
