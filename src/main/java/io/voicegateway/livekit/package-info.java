/** LiveKit's API through its SDK: rooms and SIP participants. */
@NullMarked
package io.voicegateway.livekit;

import org.jspecify.annotations.NullMarked;
