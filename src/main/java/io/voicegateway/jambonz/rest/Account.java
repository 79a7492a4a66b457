package io.voicegateway.jambonz.rest;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The account.
 *
 * @param sipRealm host of its SIP addresses, null until one is set
 * @param deviceApplication id of the application that calls of its SIP clients run, null for none
 * @param active null where Jambonz does not tell; 0 for an account that takes no calls
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Account(
    String name,
    @JsonProperty("sip_realm") @Nullable String sipRealm,
    @JsonProperty("device_calling_application_sid") @Nullable String deviceApplication,
    @JsonProperty("is_active") @Nullable Integer active) {

  public boolean isActive() {
    return active == null || active != 0;
  }
}
