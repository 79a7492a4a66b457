package io.voicegateway.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.crypto.keygen.Base64StringKeyGenerator;
import org.springframework.security.crypto.keygen.StringKeyGenerator;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.web.util.WebUtils;

/**
 * Logins that are on their way to a provider, each known by a cookie of its browser. It is not the
 * session's, which browsers send with nothing that comes from another site, as this way back does.
 */
final class OidcAttempts implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {

  private static final String COOKIE = "gateway-login";
  private static final String TARGET = OidcAttempts.class.getName();
  private static final Duration WHILE = Duration.ofMinutes(10);
  private static final int MOST = 1000;
  private static final int KEY_BYTES = 32;

  private final StringKeyGenerator keys =
      new Base64StringKeyGenerator(Base64.getUrlEncoder().withoutPadding(), KEY_BYTES);
  private final Cache<String, Attempt> attempts =
      Caffeine.newBuilder().expireAfterWrite(WHILE).maximumSize(MOST).build();

  /** One, and to which page it is to lead. */
  private record Attempt(OAuth2AuthorizationRequest request, String to) {}

  /** To which page a login that came back is to lead. */
  static String target(HttpServletRequest request) {
    return String.valueOf(request.getAttribute(TARGET));
  }

  @Override
  public void saveAuthorizationRequest(
      @Nullable OAuth2AuthorizationRequest attempt,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (attempt == null) {
      return;
    }
    String key = keys.generateKey();
    attempts.put(key, new Attempt(attempt, LoginPage.to(request)));
    setCookie(request, response, key, WHILE);
  }

  @Override
  public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
    @Nullable Attempt attempt = attempt(request);
    return attempt == null ? null : attempt.request();
  }

  @Override
  public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
      HttpServletRequest request, HttpServletResponse response) {
    @Nullable Attempt attempt = attempt(request);
    if (attempt == null) {
      return null;
    }
    attempts.invalidate(key(request));
    setCookie(request, response, "", Duration.ZERO);
    request.setAttribute(TARGET, attempt.to());
    return attempt.request();
  }

  private @Nullable Attempt attempt(HttpServletRequest request) {
    @Nullable Attempt attempt = attempts.getIfPresent(key(request));
    return attempt != null
            && attempt.request().getState().equals(request.getParameter(OAuth2ParameterNames.STATE))
        ? attempt
        : null;
  }

  private static String key(HttpServletRequest request) {
    @Nullable Cookie cookie = WebUtils.getCookie(request, COOKIE);
    return cookie == null ? "" : cookie.getValue();
  }

  private static void setCookie(
      HttpServletRequest request, HttpServletResponse response, String key, Duration age) {
    ResponseCookie cookie =
        ResponseCookie.from(COOKIE, key)
            .path(OidcGate.BACK)
            .maxAge(age)
            .httpOnly(true)
            .sameSite("Lax")
            .secure(request.isSecure())
            .build();
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
  }
}
