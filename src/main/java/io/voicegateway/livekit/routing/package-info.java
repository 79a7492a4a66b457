/** LiveKit's decision about an inbound call, made offline from its trunks and dispatch rules. */
@NullMarked
package io.voicegateway.livekit.routing;

import org.jspecify.annotations.NullMarked;
