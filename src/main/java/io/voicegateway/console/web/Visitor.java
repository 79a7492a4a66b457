package io.voicegateway.console.web;

/**
 * Who looks at a page.
 *
 * @param mayChange whether he is an operator, who may throw switches and see whole numbers
 */
record Visitor(String name, boolean mayChange) {}
