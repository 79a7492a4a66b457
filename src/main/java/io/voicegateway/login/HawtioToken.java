package io.voicegateway.login;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRequestHandler;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.security.web.csrf.XorCsrfTokenRequestAttributeHandler;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives Hawtio's pages the session's token, in the cookie in which they look for it; they send it
 * back in a header of its own name.
 */
final class HawtioToken extends OncePerRequestFilter {

  private static final String COOKIE = "XSRF-TOKEN";
  private static final String HEADER = "X-XSRF-TOKEN";

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getRequestURI().startsWith(Hawtio.PATH) || !Browser.showsPage(request);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain rest)
      throws ServletException, IOException {
    CsrfToken token = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
    ResponseCookie cookie =
        ResponseCookie.from(COOKIE, token.getToken())
            .path(Hawtio.PATH)
            .sameSite("Strict")
            .secure(request.isSecure())
            .build();
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    rest.doFilter(request, response);
  }

  /** Takes the token from that header too. */
  static final class OrPages implements CsrfTokenRequestHandler {

    private final CsrfTokenRequestHandler pages = new XorCsrfTokenRequestAttributeHandler();

    @Override
    public void handle(
        HttpServletRequest request, HttpServletResponse response, Supplier<CsrfToken> token) {
      pages.handle(request, response, token);
    }

    @Override
    public @Nullable String resolveCsrfTokenValue(HttpServletRequest request, CsrfToken token) {
      boolean ofHawtio = request.getHeader(HEADER) != null;
      return pages.resolveCsrfTokenValue(
          request,
          ofHawtio
              ? new DefaultCsrfToken(HEADER, token.getParameterName(), token.getToken())
              : token);
    }
  }
}
