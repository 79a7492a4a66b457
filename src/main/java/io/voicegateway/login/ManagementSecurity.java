package io.voicegateway.login;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;

import io.voicegateway.operator.Logins;
import io.voicegateway.operator.Senders;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationDetailsSource;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.security.web.savedrequest.NullRequestCache;

/**
 * Who may do what on the management port: without a login there is its health alone, viewers look,
 * operators do the rest. Nobody has a session before he logged in.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class ManagementSecurity {

  static final String OPERATOR = "OPERATOR";
  static final String VIEWER = "VIEWER";

  /** Nothing from elsewhere, and in nobody's frame. */
  private static final String CONTENT =
      "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  @Bean
  SecurityFilterChain management(
      HttpSecurity http,
      Logins logins,
      Senders senders,
      LoginNeeded loginNeeded,
      LoginPage page,
      ObjectProvider<OtherLogins> others)
      throws Exception {
    AuthenticationDetailsSource<HttpServletRequest, WebAuthenticationDetails> sender =
        request -> new WebAuthenticationDetails(sender(senders, request), null);
    http.authorizeHttpRequests(ManagementSecurity::rules)
        .authenticationProvider(new AccountLogin(logins))
        .httpBasic(
            basic ->
                basic.authenticationEntryPoint(loginNeeded).authenticationDetailsSource(sender))
        .formLogin(
            form ->
                form.loginPage(LoginPage.PATH)
                    .authenticationDetailsSource(sender)
                    .successHandler(page::loggedIn)
                    .failureHandler(page::refused))
        .logout(logout -> logout.logoutSuccessUrl(LoginPage.OUT))
        .csrf(
            csrf ->
                csrf.requireCsrfProtectionMatcher(ForeignRequests::needToken)
                    .csrfTokenRequestHandler(new HawtioToken.OrPages()))
        .addFilterAfter(new HawtioToken(), AuthorizationFilter.class)
        .exceptionHandling(
            refusal ->
                refusal.authenticationEntryPoint(loginNeeded).accessDeniedHandler(new NotAllowed()))
        .requestCache(cache -> cache.requestCache(new NullRequestCache()))
        .headers(
            headers ->
                headers
                    .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT))
                    .referrerPolicy(policy -> {}));
    @Nullable OtherLogins beside = others.getIfAvailable();
    if (beside != null) {
      beside.add(http);
    }
    return http.build();
  }

  private static void rules(
      AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
          requests) {
    requests
        .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD, DispatcherType.ASYNC)
        .permitAll()
        .requestMatchers("/health", "/health/**", LoginPage.PATH, LoginPage.STYLE)
        .permitAll()
        .requestMatchers(Hawtio::isAsked)
        .hasRole(OPERATOR)
        .requestMatchers(ManagementSecurity::changesOrUnmasks)
        .hasRole(OPERATOR)
        .anyRequest()
        .hasAnyRole(OPERATOR, VIEWER);
  }

  private static boolean changesOrUnmasks(HttpServletRequest request) {
    String[] full = request.getParameterValues("full");
    return !List.of(GET.name(), HEAD.name()).contains(request.getMethod())
        || (full != null && List.of(full).contains("true"));
  }

  /** From where it comes. */
  static String sender(Senders senders, HttpServletRequest request) {
    List<String> forwarded = Collections.list(request.getHeaders("X-Forwarded-For"));
    return senders.address(request.getRemoteAddr(), forwarded);
  }

  /** Measuring every request once more costs more than it tells. */
  @Bean
  SecurityObservationSettings noObservations() {
    return SecurityObservationSettings.noObservations();
  }
}
