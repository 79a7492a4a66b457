package io.voicegateway.jambonz;

import io.voicegateway.call.Call;
import io.voicegateway.call.Ladder;
import io.voicegateway.call.TransferRules.Target;
import org.jspecify.annotations.Nullable;

/**
 * A caller who is handed on by his agent.
 *
 * @param leg the leg to LiveKit by which the agent asked; null when it was asked for by HTTP
 * @param otherwise what the caller gets when neither the person nor his agent can be reached
 */
record Transfer(Call call, Target target, @Nullable String leg, Ladder otherwise) {

  /** Fit for logs. */
  @Override
  public String toString() {
    return target.label();
  }
}
