package io.voicegateway.call;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What can be told of a call that is under way without its hook.
 *
 * @param project whose LiveKit has its room; null when that is not known
 * @param environment the Jambonz application's environment variables
 */
public record KnownCall(
    String sid, @Nullable String project, Parties parties, Map<String, Object> environment) {

  /** One of which no more is told than where it is. */
  public static KnownCall unknown(String sid, @Nullable String project) {
    return new KnownCall(sid, project, Parties.UNKNOWN, Map.of());
  }

  /** Without the numbers. */
  @Override
  public String toString() {
    return "call " + sid;
  }
}
