package io.voicegateway.login;

import io.voicegateway.operator.Logins;
import io.voicegateway.operator.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Stands before both steps of a login by a provider: the way there and the way back. A provider
 * that hangs holds few threads, so that the health of the gateway is told nevertheless.
 */
final class OidcGate extends OncePerRequestFilter {

  /** Where the way there begins, followed by the registration's id. */
  static final String THERE = "/oauth2/authorization/";

  /** Where it ends. */
  static final String BACK = "/login/oauth2/code/";

  private static final int MOST_AT_ONCE = 3;

  private final OidcProviders providers;
  private final Logins logins;
  private final Function<HttpServletRequest, String> sender;
  private final LoginPage page;
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);

  OidcGate(
      OidcProviders providers,
      Logins logins,
      Function<HttpServletRequest, String> sender,
      LoginPage page) {
    this.providers = providers;
    this.logins = logins;
    this.sender = sender;
    this.page = page;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return id(request) == null;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain rest)
      throws ServletException, IOException {
    if (!places.tryAcquire()) {
      page.refused(
          request,
          response,
          new RefusedLogin(
              new Refusal(
                  HttpStatus.SERVICE_UNAVAILABLE.value(),
                  "Others log in at this moment: try again.")));
      return;
    }
    try {
      logins.check(sender.apply(request));
      provider(request).await();
      rest.doFilter(request, response);
    } catch (Refusal refusal) {
      page.refused(request, response, new RefusedLogin(refusal));
    } finally {
      places.release();
    }
  }

  private OidcProvider provider(HttpServletRequest request) {
    @Nullable OidcProvider provider = providers.all().get(String.valueOf(id(request)));
    if (provider == null) {
      throw new Refusal(HttpStatus.NOT_FOUND.value(), "There is no login of this name.");
    }
    return provider;
  }

  private static @Nullable String id(HttpServletRequest request) {
    String path = request.getRequestURI();
    for (String step : new String[] {THERE, BACK}) {
      if (path.startsWith(step)) {
        return path.substring(step.length());
      }
    }
    return null;
  }
}
