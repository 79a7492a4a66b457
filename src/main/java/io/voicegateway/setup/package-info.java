/** Brings LiveKit and Jambonz into the state that the gateway needs, touching only its own. */
@NullMarked
package io.voicegateway.setup;

import org.jspecify.annotations.NullMarked;
