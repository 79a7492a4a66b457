/** The command line. */
@NullMarked
package io.voicegateway.console;

import org.jspecify.annotations.NullMarked;
