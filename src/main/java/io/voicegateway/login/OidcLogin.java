package io.voicegateway.login;

import io.voicegateway.operator.Logins;
import io.voicegateway.operator.Senders;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.boot.autoconfigure.security.oauth2.client.ConditionalOnOAuth2ClientRegistrationProperties;
import org.springframework.boot.autoconfigure.security.oauth2.client.OAuth2ClientProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.web.DefaultRedirectStrategy;
import org.springframework.security.web.RedirectStrategy;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/** The login by OpenID Connect, where a provider is set. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnOAuth2ClientRegistrationProperties
@EnableConfigurationProperties(OAuth2ClientProperties.class)
class OidcLogin implements OtherLogins {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final OidcProviders providers;
  private final OidcSettings settings;
  private final Logins logins;
  private final Senders senders;
  private final LoginPage page;
  private final Onward onward = new Onward();
  private final RestTemplate http = new RestTemplate(patient());

  OidcLogin(
      OidcProviders providers,
      OidcSettings settings,
      Logins logins,
      Senders senders,
      LoginPage page)
      throws IOException {
    this.providers = providers;
    this.settings = settings;
    this.logins = logins;
    this.senders = senders;
    this.page = page;
  }

  private static SimpleClientHttpRequestFactory patient() {
    SimpleClientHttpRequestFactory requests = new SimpleClientHttpRequestFactory();
    requests.setConnectTimeout(PATIENCE);
    requests.setReadTimeout(PATIENCE);
    return requests;
  }

  @Bean
  JwtDecoderFactory<ClientRegistration> idTokens() {
    return new OidcTokens(http);
  }

  @Override
  public Map<String, String> offered() {
    Map<String, String> offered = new LinkedHashMap<>();
    providers.all().forEach((id, provider) -> offered.put(OidcGate.THERE + id, provider.label()));
    return offered;
  }

  @Override
  public void add(HttpSecurity security) throws Exception {
    Function<HttpServletRequest, String> sender =
        request -> ManagementSecurity.sender(senders, request);
    OidcAttempts attempts = new OidcAttempts();
    security
        .addFilterBefore(new BehindProxy(senders), SecurityContextHolderFilter.class)
        .addFilterBefore(
            new OidcGate(providers, logins, sender, page),
            OAuth2AuthorizationRequestRedirectFilter.class)
        .oauth2Login(
            login ->
                login
                    .loginPage(LoginPage.PATH)
                    .clientRegistrationRepository(providers)
                    .authorizedClientRepository(new NoTokens())
                    .authorizationEndpoint(
                        there ->
                            there
                                .authorizationRequestResolver(withProofKey())
                                .authorizationRequestRepository(attempts))
                    .tokenEndpoint(token -> token.accessTokenResponseClient(tokens()))
                    .userInfoEndpoint(info -> info.oidcUserService(new OidcUsers(settings, http)))
                    .successHandler(this::loggedIn)
                    .failureHandler(new OidcFailures(page, logins, sender)))
        .logout(logout -> logout.logoutSuccessHandler(atTheProviderToo()));
  }

  private OAuth2AuthorizationRequestResolver withProofKey() {
    DefaultOAuth2AuthorizationRequestResolver resolver =
        new DefaultOAuth2AuthorizationRequestResolver(
            providers,
            OAuth2AuthorizationRequestRedirectFilter.DEFAULT_AUTHORIZATION_REQUEST_BASE_URI);
    resolver.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
    return resolver;
  }

  private RestClientAuthorizationCodeTokenResponseClient tokens() {
    RestClientAuthorizationCodeTokenResponseClient tokens =
        new RestClientAuthorizationCodeTokenResponseClient();
    tokens.setRestClient(
        RestClient.builder()
            .requestFactory(patient())
            .messageConverters(
                converters -> {
                  converters.clear();
                  converters.addAll(
                      List.of(
                          new FormHttpMessageConverter(),
                          new OAuth2AccessTokenResponseHttpMessageConverter()));
                })
            .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
            .build());
    return tokens;
  }

  private void loggedIn(
      HttpServletRequest request, HttpServletResponse response, Authentication login)
      throws IOException {
    logins.succeeded(ManagementSecurity.sender(senders, request));
    onward.sendRedirect(request, response, LoginPage.ours(OidcAttempts.target(request)));
  }

  /** Whoever came from a provider is logged out there too, if it has an address for that. */
  private LogoutSuccessHandler atTheProviderToo() {
    RedirectStrategy here = new DefaultRedirectStrategy();
    OidcClientInitiatedLogoutSuccessHandler handler =
        new OidcClientInitiatedLogoutSuccessHandler(providers);
    handler.setDefaultTargetUrl(LoginPage.OUT);
    handler.setPostLogoutRedirectUri("{baseUrl}" + LoginPage.OUT);
    handler.setRedirectStrategy(
        (request, response, to) ->
            (to.startsWith("/") ? here : onward).sendRedirect(request, response, to));
    return handler;
  }
}
