/** The gateway's HTTP edge, where Camel's routes are not yet or no longer in charge. */
@NullMarked
package io.voicegateway.web;

import org.jspecify.annotations.NullMarked;
