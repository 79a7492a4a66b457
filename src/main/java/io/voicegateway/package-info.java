/** The call gateway between Jambonz and LiveKit. */
@NullMarked
package io.voicegateway;

import org.jspecify.annotations.NullMarked;
