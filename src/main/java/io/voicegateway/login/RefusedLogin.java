package io.voicegateway.login;

import io.voicegateway.operator.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;

/** An attempt to log in that failed, or that was not looked at. */
final class RefusedLogin extends AuthenticationException {

  private final transient Refusal refusal;

  RefusedLogin(Refusal refusal) {
    super(refusal.sentence(), refusal);
    this.refusal = refusal;
  }

  /** Why, for whoever tried. */
  static Refusal of(AuthenticationException failure, String otherwise) {
    return failure instanceof RefusedLogin login
        ? login.refusal
        : new Refusal(HttpStatus.UNAUTHORIZED.value(), otherwise);
  }
}
