package io.voicegateway.jambonz.rest;

import io.voicegateway.call.Call;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/** Jambonz's REST API (jambonz-api-server), for the account whose calls reach us. */
@Component("jambonzApi")
public final class JambonzApi {

  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final int ACCEPTED = 202;
  private static final int NOT_FOUND = 404;
  private static final int WRONG_STATE = 422;

  private final JambonzApiSettings settings;
  private final @Nullable RestClient http;

  JambonzApi(JambonzApiSettings settings) {
    this.settings = settings;
    this.http = settings.isSet() ? client(settings) : null;
  }

  /** Whether the settings say how to reach it. */
  public boolean isSet() {
    return http != null;
  }

  /**
   * Ends a call: one that was answered is hung up, any other is refused with 503.
   *
   * @return false when Jambonz knows no such call, or its API is not set
   * @throws JambonzFailure when Jambonz did not answer as it should
   */
  public boolean endCall(@Header("call_sid") String callSid) {
    if (http == null || !Call.isSid(callSid)) {
      return false;
    }
    int answer = update(http, callSid, "completed");
    return isDone(answer == WRONG_STATE ? update(http, callSid, "no-answer") : answer);
  }

  private static boolean isDone(int answer) {
    if (answer == ACCEPTED || answer == NOT_FOUND || answer == WRONG_STATE) {
      return answer == ACCEPTED;
    }
    throw new JambonzFailure("Jambonz: the call was not ended, HTTP " + answer);
  }

  private int update(RestClient client, String callSid, String status) {
    try {
      return client
          .put()
          .uri(settings.account() + "/Calls/{sid}", callSid)
          .body(Map.of("call_status", status))
          .exchange((request, answer) -> answer.getStatusCode().value());
    } catch (ResourceAccessException unreachable) {
      throw new JambonzFailure("Jambonz: no answer from " + settings.base());
    }
  }

  private static RestClient client(JambonzApiSettings settings) {
    JdkClientHttpRequestFactory requests =
        new JdkClientHttpRequestFactory(HttpClient.newBuilder().connectTimeout(CONNECT).build());
    requests.setReadTimeout(ANSWER);
    return RestClient.builder()
        .requestFactory(requests)
        .defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + settings.key())
        .build();
  }
}
