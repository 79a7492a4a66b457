package io.voicegateway.call;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One end of a call: a telephone number, a SIP user name, an extension, or nobody who is named.
 *
 * @param received as the platform sent it, control characters removed; empty when it sent none
 * @param e164 the same as an international number with a plus, null when it is not one
 */
public record Party(String received, @Nullable String e164) {

  private static final Set<String> HIDDEN =
      Set.of("", "anonymous", "restricted", "private", "unavailable", "unknown");

  /** The E.164 number, or what was received where there is none. */
  public String number() {
    return e164 == null ? received : e164;
  }

  /** Whether the party withheld its number. */
  public boolean anonymous() {
    return HIDDEN.contains(received.toLowerCase(Locale.ROOT));
  }

  /** Fit for logs: at most the last three characters are readable. */
  @Override
  public String toString() {
    return anonymous() ? "anonymous" : Mask.tail(number());
  }
}
