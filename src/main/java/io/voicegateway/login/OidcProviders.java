package io.voicegateway.login;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.security.oauth2.client.ConditionalOnOAuth2ClientRegistrationProperties;
import org.springframework.boot.autoconfigure.security.oauth2.client.OAuth2ClientProperties;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.stereotype.Component;

/** Those that are set. Spring's own would ask them before the gateway starts, and stop it. */
@Component
@ConditionalOnOAuth2ClientRegistrationProperties
final class OidcProviders implements ClientRegistrationRepository {

  private final Map<String, OidcProvider> all = new LinkedHashMap<>();

  OidcProviders(OAuth2ClientProperties settings) {
    new TreeMap<>(settings.getRegistration())
        .forEach((id, one) -> all.put(id, new OidcProvider(id, one, settings)));
  }

  @EventListener(ApplicationReadyEvent.class)
  void askAll() {
    all.values().forEach(OidcProvider::ask);
  }

  /** Each by its registration's id. */
  Map<String, OidcProvider> all() {
    return all;
  }

  @Override
  public @Nullable ClientRegistration findByRegistrationId(String id) {
    @Nullable OidcProvider provider = all.get(id);
    return provider == null ? null : provider.known();
  }
}
