/** A call in LiveKit: its registration, its room and what is heard of it, its agent. */
@NullMarked
package io.voicegateway.livekit;

import org.jspecify.annotations.NullMarked;
