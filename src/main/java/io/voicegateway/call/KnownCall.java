package io.voicegateway.call;

import java.util.Map;

/**
 * What can be told of a call that is under way without its hook.
 *
 * @param environment the Jambonz application's environment variables
 */
public record KnownCall(String sid, Parties parties, Map<String, Object> environment) {

  /** One of which nothing is told. */
  public static KnownCall unknown(String sid) {
    return new KnownCall(sid, Parties.UNKNOWN, Map.of());
  }

  /** Without the numbers. */
  @Override
  public String toString() {
    return "call " + sid;
  }
}
