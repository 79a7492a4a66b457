package io.voicegateway.jambonz.rest;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/** A signalling address of Jambonz: where its calls to LiveKit come from. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SbcAddress(String ipv4, @Nullable Integer port) {}
