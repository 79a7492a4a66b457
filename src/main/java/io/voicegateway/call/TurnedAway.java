package io.voicegateway.call;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * A call that may not go to an agent now.
 *
 * @param instead what its caller gets; no way to the agent is among it, but for other projects
 *     where only the call's own is left alone
 * @param elsewhere whether another project may take it
 */
public record TurnedAway(Reason reason, Ladder instead, boolean elsewhere) {

  public TurnedAway {
    instead = elsewhere ? instead.withoutThisProject() : instead.withoutAgent();
  }

  /** Why not; in the order in which it is looked at. */
  public enum Reason {
    OUTAGE("the outage switch is on"),
    CLOSED("it came outside the number's hours"),
    SHARE("its caller is not in the agent's share"),
    STORM("the same caller called again at once after a failure"),
    FULL("the number has as many calls as it may have"),
    GATEWAY_FULL("as many calls as may be are under way, of all numbers");

    private final String words;

    Reason(String words) {
      this.words = words;
    }

    /** The stable name. */
    @JsonValue
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Fit for logs. */
    public String words() {
      return words;
    }
  }
}
