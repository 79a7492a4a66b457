package io.voicegateway.jambonz.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.voicegateway.call.Call;
import io.voicegateway.call.Mask;
import io.voicegateway.call.TlsFault;
import io.voicegateway.project.JambonzAccount;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.util.StringUtils;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * Jambonz's REST API (jambonz-api-server, routes/api), for the account whose calls reach us. Every
 * method but {@link #endCall} needs the API's settings, and throws {@link JambonzFailure} when
 * Jambonz did not answer as it should.
 */
public final class JambonzApi {

  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final int ACCEPTED = 202;
  private static final int WRONG_FORM = 400;
  private static final int NOT_FOUND = 404;
  private static final int WRONG_STATE = 422;
  private static final int LONGEST_REASON = 200;
  private static final JsonMapper JSON = new JsonMapper();

  private final JambonzAccount settings;
  private final @Nullable RestClient http;

  /** That of an account. */
  public JambonzApi(JambonzAccount settings) {
    this.settings = settings;
    this.http = settings.hasApi() ? client(settings) : null;
  }

  /** Whether the settings say how to reach it. */
  public boolean isSet() {
    return http != null;
  }

  // ---- calls

  /**
   * Ends a call: one that was answered is hung up, any other is refused with 503.
   *
   * @return false when Jambonz knows no such call, or its API is not set
   * @throws JambonzFailure when Jambonz did not answer as it should
   */
  public boolean endCall(String callSid) {
    if (!isSet() || !Call.isSid(callSid)) {
      return false;
    }
    int answer = update(callSid, "completed");
    return isDone(
        answer == WRONG_STATE ? update(callSid, "no-answer") : answer, "the call was not ended");
  }

  /**
   * Lets a call ask another hook what to do now; whatever it does ends when that answers verbs.
   *
   * @return false when Jambonz has no such call under way
   * @throws JambonzFailure when Jambonz did not answer as it should
   */
  public boolean redirect(String callSid, Hook hook) {
    return Call.isSid(callSid)
        && isDone(update(callSid, Map.of("call_hook", hook)), "the call was not redirected");
  }

  private static boolean isDone(int answer, String undone) {
    if (answer == ACCEPTED || answer == NOT_FOUND || answer == WRONG_STATE) {
      return answer == ACCEPTED;
    }
    throw new JambonzFailure("Jambonz: %s, HTTP %d".formatted(undone, answer));
  }

  private int update(String callSid, String status) {
    return update(callSid, Map.of("call_status", status));
  }

  private int update(String callSid, Map<String, ?> change) {
    return status(HttpMethod.PUT, settings.address() + "/Calls/{sid}", change, callSid);
  }

  // ---- the account

  public Account account() {
    return get(settings.address(), new ParameterizedTypeReference<>() {});
  }

  /** The secret with which the account's hooks are signed. */
  public String webhookSecret() {
    record Secret(@JsonProperty("webhook_secret") @Nullable String text) {}
    String secret =
        get(settings.address() + "/WebhookSecret", new ParameterizedTypeReference<Secret>() {})
            .text();
    return secret == null ? "" : secret;
  }

  /** Lets calls of the account's SIP clients run an application. */
  public void setDeviceApplication(String applicationSid) {
    change(settings.address(), Map.of("device_calling_application_sid", applicationSid), "");
  }

  // ---- what belongs to it

  public List<Application> applications() {
    return get(settings.address() + "/Applications", new ParameterizedTypeReference<>() {});
  }

  /** Makes an application and gives its id. */
  public String createApplication(String name, Hook callHook, Hook statusHook) {
    return create(
        "/Applications",
        Map.of(
            "name", name,
            "account_sid", settings.accountSid(),
            "call_hook", callHook,
            "call_status_hook", statusHook));
  }

  /** Changes an application's hooks; those with an id are changed in their place. */
  public void changeApplication(Application known, Hook callHook, Hook statusHook) {
    change(
        settings.base() + "/Applications/{sid}",
        Map.of("name", known.name(), "call_hook", callHook, "call_status_hook", statusHook),
        known.sid());
  }

  public List<SipUser> sipUsers() {
    List<SipUser> all = get(settings.base() + "/Clients", new ParameterizedTypeReference<>() {});
    return all.stream().filter(user -> isOfAccount(user.accountSid())).toList();
  }

  /** Makes a SIP client and gives its id. */
  public String createSipUser(String username, String password) {
    return create("/Clients", sipUser(username, password));
  }

  /** Gives a SIP client another password. */
  public void changeSipUser(SipUser user, String password) {
    change(settings.base() + "/Clients/{sid}", sipUser(user.username(), password), user.sid());
  }

  private Map<String, Object> sipUser(String username, String password) {
    return Map.of(
        "account_sid",
        settings.accountSid(),
        "username",
        username,
        "password",
        password,
        "is_active",
        1);
  }

  public List<PhoneNumber> phoneNumbers() {
    List<PhoneNumber> all =
        get(settings.base() + "/PhoneNumbers", new ParameterizedTypeReference<>() {});
    return all.stream()
        .filter(number -> settings.accountSid().equals(number.accountSid()))
        .toList();
  }

  /** Lets the calls of a number run an application. */
  public void setApplication(PhoneNumber number, String applicationSid) {
    change(
        settings.base() + "/PhoneNumbers/{sid}",
        Map.of("application_sid", applicationSid),
        number.sid());
  }

  /** The signalling addresses that the account's calls use. */
  public List<SbcAddress> sbcs() {
    return get(settings.base() + "/Sbcs", new ParameterizedTypeReference<>() {});
  }

  /** A key of a service provider lists those of all accounts. */
  private boolean isOfAccount(@Nullable String accountSid) {
    return accountSid == null || accountSid.equals(settings.accountSid());
  }

  // ---- HTTP

  private <T> T get(String uri, ParameterizedTypeReference<T> type) {
    try {
      T answer =
          client()
              .get()
              .uri(uri)
              .exchange(
                  (request, response) -> {
                    checked(response, 200, uri);
                    return response.bodyTo(type);
                  });
      if (answer == null) {
        throw new JambonzFailure("Jambonz: " + path(uri) + ": the answer is empty");
      }
      return answer;
    } catch (ResourceAccessException unreachable) {
      throw noAnswer(unreachable);
    } catch (RestClientException garbage) {
      throw new JambonzFailure("Jambonz: " + path(uri) + ": the answer is not Jambonz's");
    }
  }

  private String create(String path, Map<String, ?> body) {
    record Created(@Nullable String sid) {}
    try {
      Created created =
          client()
              .post()
              .uri(settings.base() + path)
              .body(body)
              .exchange(
                  (request, response) -> {
                    checked(response, 201, path);
                    return response.bodyTo(Created.class);
                  });
      return created == null || created.sid() == null ? "" : created.sid();
    } catch (ResourceAccessException unreachable) {
      throw noAnswer(unreachable);
    } catch (RestClientException garbage) {
      throw new JambonzFailure("Jambonz: " + path + ": the answer is not Jambonz's");
    }
  }

  private void change(String uri, Map<String, ?> body, String sid) {
    send(
        HttpMethod.PUT,
        uri,
        body,
        sid,
        (request, answer) -> {
          if (!answer.getStatusCode().is2xxSuccessful()) {
            throw failure(uri, answer);
          }
          return true;
        });
  }

  private int status(HttpMethod method, String uri, Map<String, ?> body, String sid) {
    Integer status =
        send(method, uri, body, sid, (request, answer) -> answer.getStatusCode().value());
    return status == null ? 0 : status;
  }

  private <T> @Nullable T send(
      HttpMethod method,
      String uri,
      Map<String, ?> body,
      String sid,
      RestClient.RequestHeadersSpec.ExchangeFunction<T> reading) {
    try {
      return client().method(method).uri(uri, sid).body(body).exchange(reading);
    } catch (ResourceAccessException unreachable) {
      throw noAnswer(unreachable);
    }
  }

  private void checked(ClientHttpResponse answer, int wanted, String uri) throws IOException {
    if (answer.getStatusCode().value() != wanted) {
      throw failure(uri, answer);
    }
  }

  private JambonzFailure failure(String uri, ClientHttpResponse answer) throws IOException {
    int status = answer.getStatusCode().value();
    String why =
        switch (status) {
          case 401 -> ": JAMBONZ_API_KEY is not a key of this Jambonz";
          case 403 -> ": JAMBONZ_API_KEY may not do this; it must be a key of JAMBONZ_ACCOUNT_SID";
          case NOT_FOUND -> ": not there; are JAMBONZ_API_URL and JAMBONZ_ACCOUNT_SID right?";
          case 429 -> ": too many requests, try again in some minutes";
          case WRONG_FORM, WRONG_STATE -> reason(answer);
          default -> "";
        };
    String message = "Jambonz: %s: HTTP %d%s".formatted(path(uri), status, why);
    return status == WRONG_FORM || status == WRONG_STATE
        ? new JambonzFailure.Refused(message)
        : new JambonzFailure(message);
  }

  /** What it says of a request that it would not do; of its own faults it would show its SQL. */
  private static String reason(ClientHttpResponse answer) {
    try {
      String text = JSON.readTree(answer.getBody()).path("msg").asText();
      return text.isEmpty() ? "" : ": " + Mask.text(StringUtils.truncate(text, LONGEST_REASON));
    } catch (IOException notJson) {
      return "";
    }
  }

  private JambonzFailure noAnswer(Exception unreachable) {
    String why = TlsFault.words(unreachable).map(fault -> ": " + fault).orElse("");
    return new JambonzFailure("Jambonz: no answer from " + settings.base() + why);
  }

  private String path(String uri) {
    return uri.replace(settings.base(), "");
  }

  private RestClient client() {
    if (http == null) {
      throw new JambonzFailure(
          "Jambonz: JAMBONZ_API_URL, JAMBONZ_ACCOUNT_SID and JAMBONZ_API_KEY are not set");
    }
    return http;
  }

  /**
   * Without HTTP/2: jambonz-api-server answers 404 to every request that offers to go up to it
   * (app.js: it upgrades connections for recordings only).
   */
  private static RestClient client(JambonzAccount settings) {
    JdkClientHttpRequestFactory requests =
        new JdkClientHttpRequestFactory(
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build());
    requests.setReadTimeout(ANSWER);
    return RestClient.builder()
        .requestFactory(requests)
        .defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + settings.apiKey())
        .build();
  }
}
