/** The calls' record: kept in a database, asked over HTTP. */
@NullMarked
package io.voicegateway.record;

import org.jspecify.annotations.NullMarked;
