package io.voicegateway.call;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * Who called whom, as the platform sent it; null for what it did not say.
 *
 * @param direction inbound or outbound
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Parties(@Nullable String direction, @Nullable String from, @Nullable String to) {

  /** Nothing is known of them. */
  public static final Parties UNKNOWN = new Parties(null, null, null);

  public boolean isOutbound() {
    return "outbound".equals(direction);
  }

  /** Our own number: the one that was called, or from which we called. */
  public @Nullable String ownNumber() {
    return isOutbound() ? from : to;
  }

  /** Without the numbers. */
  @Override
  public String toString() {
    return isOutbound() ? "outbound" : "inbound";
  }
}
