package io.voicegateway.jambonz.rest;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A web address that Jambonz posts to.
 *
 * @param sid Jambonz's id of it; null for one that is to be made
 * @param method GET or POST
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Hook(
    String url, @Nullable String method, @JsonProperty("webhook_sid") @Nullable String sid) {

  /** A new one. */
  public static Hook post(String url) {
    return new Hook(url, "POST", null);
  }

  /** The same address and method in the place of a stored one. */
  public Hook inPlaceOf(@Nullable Hook stored) {
    return stored == null ? this : new Hook(url, method, stored.sid);
  }
}
