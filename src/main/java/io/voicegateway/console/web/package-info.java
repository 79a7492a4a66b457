/**
 * The console: the operators' pages on the management port. Their HTML stands in {@code
 * src/main/jte}, their looks in {@code static/console}.
 */
@NullMarked
package io.voicegateway.console.web;

import org.jspecify.annotations.NullMarked;
