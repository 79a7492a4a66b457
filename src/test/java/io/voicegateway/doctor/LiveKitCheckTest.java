package io.voicegateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.doctor.Diagnosis.Level;
import io.voicegateway.livekit.api.OpenedApi;
import io.voicegateway.sandbox.SandboxLiveKit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What LiveKit's answers say about the settings. */
class LiveKitCheckTest {

  private static final String SECRET = "secret-secret-secret-secret-secret";

  @TempDir private Path folder;

  private final MockWebServer server = new MockWebServer();
  private final List<Diagnosis> diagnoses = new ArrayList<>();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aLiveKitThatDoesAllItIsAskedIsOk() throws IOException {
    try (SandboxLiveKit livekit = SandboxLiveKit.start(0, "key", SECRET, event -> {});
        OpenedApi api = OpenedApi.to(livekit.url(), "key", SECRET)) {
      assertThat(check(api, Clock.systemUTC()).examine(diagnoses)).isNotNull();
      assertThat(livekit.rooms()).isEmpty();
    }
    assertThat(diagnoses).extracting(Diagnosis::level).containsOnly(Level.OK);
  }

  @Test
  void aWrongKeyIsToldFromAWrongSecret() throws IOException {
    try (SandboxLiveKit livekit = SandboxLiveKit.start(0, "key", SECRET, event -> {})) {
      assertThat(problemWith(livekit.url(), "other", SECRET).advice()).contains("LIVEKIT_API_KEY");
      assertThat(problemWith(livekit.url(), "key", SECRET + "x").advice())
          .contains("LIVEKIT_API_SECRET");
    }
  }

  @Test
  void aCertificateThatNobodyTrustsIsToldInWords() throws Exception {
    server.useHttps(SelfSigned.localhost(folder));
    server.start();

    try (OpenedApi api = OpenedApi.to(server.url("/").toString(), "key", SECRET)) {
      check(api, Clock.systemUTC()).examine(diagnoses);
    }
    assertThat(diagnoses)
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.words()).contains("its certificate is not of an authority that is");
              assertThat(line.advice()).startsWith("Mend the certificate").contains("trustStore");
            });
  }

  @ParameterizedTest(name = "{0} {1}: {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "ListSIPInboundTrunk | 500 | {\"code\":\"internal\",\"msg\":\"sip not connected (redis required)\"} | redis, the same",
        "ListSIPInboundTrunk | 401 | {\"code\":\"unauthenticated\",\"msg\":\"permissions denied\"} | all grants",
        "CreateRoom | 401 | {\"code\":\"unauthenticated\",\"msg\":\"permissions denied\"} | all grants",
        "ListRooms | 500 | {\"code\":\"unknown\",\"msg\":\"dial tcp 127.0.0.1:6379\"} | redis",
        "ListRooms | 404 | <html> | a path too many",
      })
  void whatLiveKitRefusesIsExplained(String method, int status, String body, String advice)
      throws IOException {
    answering(Map.of(method, new MockResponse.Builder().code(status).body(body).build()));

    try (OpenedApi api = OpenedApi.to(server.url("/").toString(), "key", SECRET)) {
      check(api, Clock.systemUTC()).examine(diagnoses);
    }

    assertThat(diagnoses)
        .anySatisfy(
            one -> {
              assertThat(one.level()).isEqualTo(Level.PROBLEM);
              assertThat(one.advice()).contains(advice);
            });
  }

  @Test
  void aServerThatIsNotReadyMissesItsRedis() throws IOException {
    answering(Map.of("", new MockResponse.Builder().code(406).body("Not Ready").build()));

    try (OpenedApi api = OpenedApi.to(server.url("/").toString(), "key", SECRET)) {
      check(api, Clock.systemUTC()).examine(diagnoses);
    }

    assertThat(diagnoses.get(0).words()).contains("redis");
  }

  @ParameterizedTest(name = "{0} s: {1}")
  @CsvSource({"0, OK", "-3, OK", "20, WARNING", "-400, PROBLEM"})
  void clocksThatDifferAreNoticed(long seconds, Level level) throws IOException {
    answering(
        Map.of(
            "",
            new MockResponse.Builder()
                .addHeader("Date", "Wed, 25 Nov 2026 10:00:00 GMT")
                .body("OK")
                .build()));
    Clock clock =
        Clock.offset(
            Clock.fixed(Instant.parse("2026-11-25T10:00:00Z"), ZoneId.of("UTC")),
            Duration.ofSeconds(seconds));

    try (OpenedApi api = OpenedApi.to(server.url("/").toString(), "key", SECRET)) {
      check(api, clock).examine(diagnoses);
    }

    assertThat(diagnoses).anyMatch(one -> one.check().equals("clock") && one.level() == level);
  }

  @Test
  void aHostWithoutALiveKitIsAProblemAndNothingElseIsAsked() {
    try (OpenedApi api = OpenedApi.to("http://127.0.0.1:1", "key", SECRET)) {
      assertThat(check(api, Clock.systemUTC()).examine(diagnoses)).isNull();
    }
    assertThat(diagnoses)
        .singleElement()
        .extracting(Diagnosis::advice)
        .asString()
        .contains("LIVEKIT_URL");
  }

  private Diagnosis problemWith(String url, String key, String secret) {
    List<Diagnosis> found = new ArrayList<>();
    try (OpenedApi api = OpenedApi.to(url, key, secret)) {
      check(api, Clock.systemUTC()).examine(found);
    }
    assertThat(found.toString()).doesNotContain(secret);
    return found.get(found.size() - 1);
  }

  private void answering(Map<String, MockResponse> answers) throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            List<String> path = request.getUrl().pathSegments();
            return answers.getOrDefault(
                path.get(path.size() - 1),
                new MockResponse.Builder()
                    .addHeader("Content-Type", "application/protobuf")
                    .build());
          }
        });
    server.start();
  }

  private static LiveKitCheck check(OpenedApi api, Clock clock) {
    return new LiveKitCheck(api.livekits().standard(), clock, false);
  }
}
