package io.voicegateway.jambonz.rest;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A SIP client of the account: a user that may call in by a password.
 *
 * @param masked the password as Jambonz shows it (jambonz-api-server, routes/api/clients.js): its
 *     first character, and an X for each other one
 * @param active null where Jambonz does not tell; 0 for a client that it lets nobody call by
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SipUser(
    @JsonProperty("client_sid") String sid,
    String username,
    @JsonProperty("account_sid") @Nullable String accountSid,
    @JsonProperty("password") @Nullable String masked,
    @JsonProperty("is_active") @Nullable Integer active) {

  /** Whether a password may be this client's, as far as Jambonz shows. */
  public boolean mayHave(String password) {
    return masked == null
        || (masked.length() == password.length() && masked.regionMatches(0, password, 0, 1));
  }

  public boolean isActive() {
    return active == null || active != 0;
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "SIP client " + sid;
  }
}
