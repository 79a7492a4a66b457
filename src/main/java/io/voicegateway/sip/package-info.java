/** A small SIP client that asks a server whether it is there, and places a call without a voice. */
@NullMarked
package io.voicegateway.sip;

import org.jspecify.annotations.NullMarked;
