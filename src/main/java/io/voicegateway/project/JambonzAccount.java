package io.voicegateway.project;

import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A Jambonz account whose calls reach us, and how we reach its REST API; all empty for none.
 *
 * @param apiUrl address of the API, with or without its {@code /v1}
 * @param accountSid the account
 * @param apiKey an API key of that account
 * @param webhookSecrets the secrets by which its hooks are signed, all of them valid
 */
public record JambonzAccount(
    @DefaultValue("") String apiUrl,
    @DefaultValue("") String accountSid,
    @DefaultValue("") String apiKey,
    @DefaultValue List<String> webhookSecrets) {

  public JambonzAccount {
    accountSid = accountSid.strip();
    webhookSecrets =
        webhookSecrets.stream().map(String::strip).filter(secret -> !secret.isEmpty()).toList();
  }

  /** Whether its API can be asked. */
  public boolean hasApi() {
    return !apiUrl.isEmpty() && !accountSid.isEmpty() && !apiKey.isEmpty();
  }

  /** Whether the settings say anything of it. */
  boolean isSaid() {
    return !(apiUrl + accountSid + apiKey).isEmpty() || !webhookSecrets.isEmpty();
  }

  /** The address that the account's own things are found under. */
  public String address() {
    return base() + "/Accounts/" + accountSid;
  }

  /** The address that everything is found under. */
  public String base() {
    String plain = apiUrl.strip().replaceAll("/+$", "");
    return plain.endsWith("/v1") ? plain : plain + "/v1";
  }

  /** Without key and secrets. */
  @Override
  public String toString() {
    return "Jambonz API at " + apiUrl;
  }
}
