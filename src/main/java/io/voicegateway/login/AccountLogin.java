package io.voicegateway.login;

import io.voicegateway.operator.Account;
import io.voicegateway.operator.Logins;
import io.voicegateway.operator.Refusal;
import java.util.List;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Lets in the accounts that the public port lets in too. No bean: Spring would ask that twice. */
final class AccountLogin implements AuthenticationProvider {

  private final Logins logins;

  AccountLogin(Logins logins) {
    this.logins = logins;
  }

  @Override
  public Authentication authenticate(Authentication attempt) {
    WebAuthenticationDetails from = (WebAuthenticationDetails) attempt.getDetails();
    try {
      Account account =
          logins.login(
              attempt.getName(), String.valueOf(attempt.getCredentials()), from.getRemoteAddress());
      UsernamePasswordAuthenticationToken login =
          UsernamePasswordAuthenticationToken.authenticated(
              account.name(),
              null,
              List.of(new SimpleGrantedAuthority("ROLE_" + account.role().name())));
      login.setDetails(from);
      return login;
    } catch (Refusal refusal) {
      throw new RefusedLogin(refusal);
    }
  }

  @Override
  public boolean supports(Class<?> attempt) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(attempt);
  }
}
