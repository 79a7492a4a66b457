package io.voicegateway.login;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.security.oauth2.client.ConditionalOnOAuth2ClientRegistrationProperties;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a provider's claims say of whom it vouches for.
 *
 * @param rolesClaim the claim's name, or the way to it with dots
 * @param operator the value that makes an operator
 * @param viewer the value that makes a viewer
 */
@ConfigurationProperties("gateway.ops.oidc")
@ConditionalOnOAuth2ClientRegistrationProperties
record OidcSettings(
    @DefaultValue("roles") String rolesClaim,
    @DefaultValue("operator") String operator,
    @DefaultValue("viewer") String viewer) {

  /** His role, null for none. */
  @Nullable String role(Map<String, Object> claims) {
    Collection<?> values = values(claims);
    if (values.contains(operator)) {
      return ManagementSecurity.OPERATOR;
    }
    return values.contains(viewer) ? ManagementSecurity.VIEWER : null;
  }

  /** A name may itself have dots, as those that are addresses. */
  private Collection<?> values(Map<String, Object> claims) {
    @Nullable Object found = claims.get(rolesClaim);
    if (found == null) {
      found = claims;
      for (String step : rolesClaim.split("\\.", -1)) {
        found = found instanceof Map<?, ?> inner ? inner.get(step) : null;
      }
    }
    if (found instanceof Collection<?> several) {
      return several;
    }
    return found instanceof String one ? List.of(one) : List.of();
  }
}
