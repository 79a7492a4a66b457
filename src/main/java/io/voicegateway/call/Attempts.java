package io.voicegateway.call;

import org.jspecify.annotations.Nullable;

/**
 * Wants to know at once how calls go. The calls' record tells it later, and not at all while its
 * database is away.
 */
public interface Attempts {

  /**
   * A call hook was answered.
   *
   * @param dials whether the caller is brought to anybody
   */
  void answered(Call call, boolean dials);

  /**
   * A caller reached nobody, though he did not hang up.
   *
   * @param from the caller as Jambonz sent him
   * @param to the called party as Jambonz sent it
   */
  void failed(String callSid, @Nullable String from, @Nullable String to);

  /** A call is over, or only an announcement is left of it. */
  void over(String callSid);
}
