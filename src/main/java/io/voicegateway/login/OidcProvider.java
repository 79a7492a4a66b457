package io.voicegateway.login;

import io.voicegateway.operator.Refusal;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.security.oauth2.client.OAuth2ClientProperties;
import org.springframework.boot.autoconfigure.security.oauth2.client.OAuth2ClientPropertiesMapper;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpStatus;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.oidc.OidcScopes;

/**
 * One that vouches for persons. It is asked for its addresses after the start and, as long as it
 * does not tell them, at each login: it may be down, and no call waits for it.
 */
final class OidcProvider {

  private static final Logger log = LoggerFactory.getLogger(OidcProvider.class);
  private static final int PATIENCE_SECONDS = 5;

  private final String id;
  private final String label;
  private final OAuth2ClientPropertiesMapper settings;
  private volatile @Nullable ClientRegistration known;
  private volatile CompletableFuture<ClientRegistration> asked =
      CompletableFuture.failedFuture(new IllegalStateException("not asked yet"));

  /**
   * One of those that are set.
   *
   * @param all where it may be described, beside others
   */
  OidcProvider(
      String id, OAuth2ClientProperties.Registration registration, OAuth2ClientProperties all) {
    this.id = id;
    this.label = registration.getClientName() == null ? id : registration.getClientName();
    registration.setScope(withOpenId(registration.getScope()));
    OAuth2ClientProperties alone = new OAuth2ClientProperties();
    alone.getRegistration().put(id, registration);
    alone.getProvider().putAll(all.getProvider());
    this.settings = new OAuth2ClientPropertiesMapper(alone);
  }

  /** Without it there is no token that says who somebody is. */
  private static Set<String> withOpenId(@Nullable Set<String> scopes) {
    Set<String> all = new LinkedHashSet<>(Set.of(OidcScopes.OPENID));
    all.addAll(scopes == null ? Set.of(OidcScopes.PROFILE) : scopes);
    return all;
  }

  String label() {
    return label;
  }

  /** What is known of it, null as long as it did not tell. */
  @Nullable ClientRegistration known() {
    return known;
  }

  /**
   * Waits a little until it is known.
   *
   * @throws Refusal when it does not tell
   */
  void await() {
    if (known != null) {
      return;
    }
    try {
      ask();
      asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException notTold) {
      throw new Refusal(HttpStatus.SERVICE_UNAVAILABLE.value(), noAnswer(label));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new Refusal(HttpStatus.SERVICE_UNAVAILABLE.value(), noAnswer(label));
    }
  }

  static String noAnswer(String label) {
    return "%s does not answer: try again, or log in with a password.".formatted(label);
  }

  /** Asks it, once at a time. */
  synchronized void ask() {
    if (asked.isCompletedExceptionally()) {
      CompletableFuture<ClientRegistration> answer = new CompletableFuture<>();
      asked = answer;
      Thread asking = new Thread(() -> ask(answer), "oidc-" + id);
      asking.setDaemon(true);
      asking.start();
    }
  }

  private void ask(CompletableFuture<ClientRegistration> answer) {
    try {
      ClientRegistration told = settings.asClientRegistrations().get(id);
      known = told;
      answer.complete(told);
    } catch (RuntimeException notTold) {
      log.warn(
          "Nobody can log in with {} until it answers, it is asked again at the next login: {}",
          label,
          why(notTold));
      answer.completeExceptionally(notTold);
    }
  }

  private static String why(RuntimeException notTold) {
    Throwable cause = NestedExceptionUtils.getMostSpecificCause(notTold);
    return notTold.getMessage() + " (" + cause.getClass().getSimpleName() + ")";
  }
}
