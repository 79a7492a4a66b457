/** What Jambonz sends and understands: hooks, signature and verbs. */
@NullMarked
package io.voicegateway.jambonz;

import org.jspecify.annotations.NullMarked;
