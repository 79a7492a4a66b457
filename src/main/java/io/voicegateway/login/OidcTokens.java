package io.voicegateway.login;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.converter.ClaimTypeConverter;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestOperations;

/** Checks providers' id tokens as Spring does, which would wait for ever for their keys. */
final class OidcTokens implements JwtDecoderFactory<ClientRegistration> {

  private final RestOperations http;
  private final Map<String, JwtDecoder> decoders = new ConcurrentHashMap<>();

  OidcTokens(RestOperations http) {
    this.http = http;
  }

  @Override
  public JwtDecoder createDecoder(ClientRegistration provider) {
    return decoders.computeIfAbsent(provider.getRegistrationId(), id -> decoder(provider));
  }

  private JwtDecoder decoder(ClientRegistration provider) {
    NimbusJwtDecoder decoder =
        NimbusJwtDecoder.withJwkSetUri(provider.getProviderDetails().getJwkSetUri())
            .jwsAlgorithm(SignatureAlgorithm.RS256)
            .restOperations(http)
            .build();
    decoder.setClaimSetConverter(
        new ClaimTypeConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverters()));
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            new JwtTimestampValidator(), new OidcIdTokenValidator(provider)));
    return decoder;
  }
}
