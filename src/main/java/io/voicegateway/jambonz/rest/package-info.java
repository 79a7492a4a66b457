/** Jambonz's REST API: what the gateway asks of Jambonz, beside answering its hooks. */
@NullMarked
package io.voicegateway.jambonz.rest;

import org.jspecify.annotations.NullMarked;
