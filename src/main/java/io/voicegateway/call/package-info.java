/** The call itself: its id, numbers, plan and fallback ladder. Depends on no other package. */
@NullMarked
package io.voicegateway.call;

import org.jspecify.annotations.NullMarked;
