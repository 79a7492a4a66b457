/** A LiveKit small enough to live in the jar: same API over HTTP, same matching, same refusals. */
@NullMarked
package io.voicegateway.sandbox;

import org.jspecify.annotations.NullMarked;
