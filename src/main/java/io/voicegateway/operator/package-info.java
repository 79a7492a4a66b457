/** What operators may ask of the gateway over HTTP: who they are, and how they are refused. */
@NullMarked
package io.voicegateway.operator;

import org.jspecify.annotations.NullMarked;
