/** Persons whom we call: for a call of our own, or into a talk that is under way. */
@NullMarked
package io.voicegateway.outbound;

import org.jspecify.annotations.NullMarked;
