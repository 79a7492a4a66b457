package io.voicegateway.jambonz;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What we know of the Jambonz that calls us.
 *
 * @param webhookSecrets the account's webhook secrets, all of them valid; empty only in the sandbox
 * @param unsignedAllowed whether a hook needs no signature while no secret is set: in the sandbox
 * @param publicUrl where Jambonz reaches us, without a path; empty to go by the request's host
 */
@ConfigurationProperties("gateway.jambonz")
public record JambonzSettings(
    @DefaultValue List<String> webhookSecrets,
    @DefaultValue("") String publicUrl,
    @DefaultValue("false") boolean unsignedAllowed) {

  public JambonzSettings {
    webhookSecrets =
        webhookSecrets.stream().map(String::strip).filter(secret -> !secret.isEmpty()).toList();
    publicUrl = publicUrl.strip().replaceAll("/+$", "");
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "hooks at " + publicUrl;
  }
}
