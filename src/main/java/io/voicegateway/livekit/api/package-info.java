/** LiveKit's server API: what is asked of it, with which token, how fast and how long. */
@NullMarked
package io.voicegateway.livekit.api;

import org.jspecify.annotations.NullMarked;
