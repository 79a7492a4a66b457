package io.voicegateway.login;

import io.voicegateway.operator.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.oidc.IdTokenClaimNames;
import org.springframework.security.oauth2.core.oidc.StandardClaimNames;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.web.client.RestOperations;

/** Gives whom a provider vouches for his name and his role here. */
final class OidcUsers implements OAuth2UserService<OidcUserRequest, OidcUser> {

  private final OidcUserService told = new OidcUserService();
  private final OidcSettings settings;

  OidcUsers(OidcSettings settings, RestOperations http) {
    DefaultOAuth2UserService info = new DefaultOAuth2UserService();
    info.setRestOperations(http);
    told.setOauth2UserService(info);
    this.settings = settings;
  }

  @Override
  public OidcUser loadUser(OidcUserRequest request) {
    OidcUser user = told.loadUser(request);
    String name = nameAttribute(request, user);
    @Nullable String role = settings.role(user.getClaims());
    if (role == null) {
      throw new RefusedLogin(
          new Refusal(
              HttpStatus.FORBIDDEN.value(),
              "%s has no role here: whoever keeps %s gives the role %s or %s."
                  .formatted(
                      user.getClaimAsString(name),
                      request.getClientRegistration().getClientName(),
                      settings.operator(),
                      settings.viewer())));
    }
    return new NamedUser(role, user, name);
  }

  /** What the registration says, else the name by which a person logs in there. */
  private static String nameAttribute(OidcUserRequest request, OidcUser user) {
    String said =
        request
            .getClientRegistration()
            .getProviderDetails()
            .getUserInfoEndpoint()
            .getUserNameAttributeName();
    boolean isSaid = said != null && !said.equals(IdTokenClaimNames.SUB);
    if (isSaid && user.hasClaim(said)) {
      return said;
    }
    return user.hasClaim(StandardClaimNames.PREFERRED_USERNAME)
        ? StandardClaimNames.PREFERRED_USERNAME
        : IdTokenClaimNames.SUB;
  }

  /** One whose name fits into one line of a log. */
  private static final class NamedUser extends DefaultOidcUser {

    private static final int LONGEST = 100;

    NamedUser(String role, OidcUser user, String name) {
      super(
          List.of(new SimpleGrantedAuthority("ROLE_" + role)),
          user.getIdToken(),
          user.getUserInfo(),
          name);
    }

    @Override
    public String getName() {
      String name = super.getName().replaceAll("\\p{C}", "?");
      return name.substring(0, Math.min(name.length(), LONGEST));
    }
  }
}
