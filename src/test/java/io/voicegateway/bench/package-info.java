/**
 * What calls cost, how fast the gateway is ready, and whether an edit under load loses any:
 * programs that measure, which {@code bench/run} starts. No test asks how long something takes.
 */
@NullMarked
package io.voicegateway.bench;

import org.jspecify.annotations.NullMarked;
