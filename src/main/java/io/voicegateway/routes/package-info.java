/** Looks after the YAML files in routes/. */
@NullMarked
package io.voicegateway.routes;

import org.jspecify.annotations.NullMarked;
