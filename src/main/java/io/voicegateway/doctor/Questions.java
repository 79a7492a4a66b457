package io.voicegateway.doctor;

import io.voicegateway.livekit.routing.Invite;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an operator wants to know beside the usual.
 *
 * @param invite a call to run through LiveKit's matching; null for none
 * @param source the address that the gateway's own calls come from; empty for what Jambonz tells
 * @param probeAgent whether the plan's agents are asked to come
 * @param workerUrl the worker's own HTTP address; null when it is not asked
 * @param placeCall whether a real call is placed
 * @param checks what is looked at, as the lines name it; empty for everything
 */
public record Questions(
    @Nullable Invite invite,
    String source,
    boolean probeAgent,
    @Nullable String workerUrl,
    boolean placeCall,
    Set<String> checks) {

  /** Whether one of these is to be looked at. */
  boolean want(String... names) {
    return checks.isEmpty() || Stream.of(names).anyMatch(checks::contains);
  }
}
