package io.voicegateway.jambonz.rest;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A telephone number of the account.
 *
 * @param number without a plus, may end in {@code *}
 * @param applicationSid what its calls run, null for the carrier's
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record PhoneNumber(
    @JsonProperty("phone_number_sid") String sid,
    String number,
    @JsonProperty("application_sid") @Nullable String applicationSid,
    @JsonProperty("account_sid") @Nullable String accountSid) {}
