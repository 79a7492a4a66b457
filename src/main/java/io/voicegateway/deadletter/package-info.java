/** What could not be done, kept with its original bytes. */
@NullMarked
package io.voicegateway.deadletter;

import org.jspecify.annotations.NullMarked;
