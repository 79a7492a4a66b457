package io.voicegateway.jambonz.rest;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How we reach Jambonz's REST API; all empty when we do not.
 *
 * @param url address of the API, with or without its {@code /v1}
 * @param accountSid the account whose calls reach us
 * @param key an API key of that account
 */
@ConfigurationProperties("gateway.jambonz-api")
record JambonzApiSettings(
    @DefaultValue("") String url,
    @DefaultValue("") String accountSid,
    @DefaultValue("") String key) {

  boolean isSet() {
    return !url.isEmpty() && !accountSid.isEmpty() && !key.isEmpty();
  }

  /** The address that the account's own things are found under. */
  String account() {
    return base() + "/Accounts/" + accountSid;
  }

  /** The address that everything is found under. */
  String base() {
    String plain = url.strip().replaceAll("/+$", "");
    return plain.endsWith("/v1") ? plain : plain + "/v1";
  }

  @Override
  public String toString() {
    return "Jambonz API at " + url;
  }
}
