/** Says why calls fail, or would fail, and what to do about it. */
@NullMarked
package io.voicegateway.doctor;

import org.jspecify.annotations.NullMarked;
