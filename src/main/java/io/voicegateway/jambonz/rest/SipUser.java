package io.voicegateway.jambonz.rest;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** A SIP client of the account: a user that may call in by a password. Jambonz keeps that back. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SipUser(
    @JsonProperty("client_sid") String sid,
    String username,
    @JsonProperty("account_sid") @Nullable String accountSid) {}
