package io.voicegateway.jambonz;

import io.voicegateway.call.RingBack;
import java.util.List;
import org.apache.camel.Body;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;

/**
 * Tells legs by which LiveKit called Jambonz: such a leg belongs to a call, and must never become
 * one, whether we asked for it or an agent had LiveKit call by itself.
 */
@Component("liveKitLegs")
final class LiveKitLegs {

  /** Who logged in to Jambonz, as {@code user@realm} (seen on a real Jambonz). */
  private static final String LOGIN = "X-Authenticated-User";

  private final List<String> names;

  LiveKitLegs(Settings settings) {
    this.names = settings.knownAs();
  }

  /**
   * How LiveKit calls Jambonz.
   *
   * @param knownAs names of the SIP client and of carriers that are LiveKit in Jambonz
   */
  @ConfigurationProperties("gateway.outbound")
  record Settings(@DefaultValue("voice-gateway") List<String> knownAs) {}

  /** Whether a new call is such a leg. */
  boolean include(@Body CallHook hook) {
    return hook.isNewCall()
        && ((hook.to() != null && hook.to().startsWith(RingBack.USER))
            || hook.sipHeader(RingBack.HEADER) != null
            || isLogin(hook.sipHeader(LOGIN))
            || names.stream().anyMatch(name -> name.equalsIgnoreCase(hook.carrier())));
  }

  private boolean isLogin(@Nullable String login) {
    return login != null
        && names.stream().anyMatch(name -> name.equalsIgnoreCase(login.split("@", 2)[0]));
  }
}
