/** What became of a call: the events that were heard of it, its state, and its cause in words. */
@NullMarked
package io.voicegateway.call.record;

import org.jspecify.annotations.NullMarked;
