package io.voicegateway.jambonz.rest;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * An application: what Jambonz asks when a call comes.
 *
 * @param callHook where it asks what to do with a new call
 * @param statusHook where it tells how a call goes on
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Application(
    @JsonProperty("application_sid") String sid,
    String name,
    @JsonProperty("call_hook") @Nullable Hook callHook,
    @JsonProperty("call_status_hook") @Nullable Hook statusHook) {}
