package io.voicegateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.doctor.Diagnosis.Level;
import io.voicegateway.livekit.api.OpenedApi;
import io.voicegateway.sandbox.SandboxLiveKit;
import io.voicegateway.sandbox.SandboxWorker;
import java.io.IOException;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether an agent comes, and what its worker says of itself. */
class AgentCheckTest {

  private static final String SECRET = "secret-secret-secret-secret-secret";

  private SandboxLiveKit livekit;
  private OpenedApi api;

  @BeforeEach
  void start() throws IOException {
    livekit = SandboxLiveKit.start(0, "key", SECRET, event -> {});
    api = OpenedApi.to(livekit.url(), "key", SECRET);
  }

  @AfterEach
  void stop() {
    api.close();
    livekit.close();
  }

  @Test
  void anAgentThatComesAndSpeaksIsOk() throws InterruptedException {
    livekit.register(SandboxWorker.named("sales"));

    Diagnosis found = probe(Duration.ofSeconds(10));

    assertThat(found.level()).as(found.words()).isEqualTo(Level.OK);
    assertThat(found.words()).startsWith("sales came and can be heard after ");
    assertThat(livekit.rooms()).isEmpty();
  }

  @Test
  void anAgentThatComesAndSaysNothingIsAProblem() throws InterruptedException {
    livekit.register(SandboxWorker.silent("sales"));

    assertProblem("joined and published no audio", "Publish an audio track");
  }

  @Test
  void aWorkerThatTakesTheJobAndDoesNotComeIsAProblem() throws InterruptedException {
    livekit.register(SandboxWorker.wedged("sales"));

    assertProblem("took the job for sales and did not join", "Restart the worker");
  }

  @Test
  void aNameThatNoWorkerHasIsAProblem() throws InterruptedException {
    livekit.register(SandboxWorker.named("Sales"));

    assertProblem("no worker took the job for sales", "letter by letter");
  }

  @Test
  void aLiveKitThatDoesNotAnswerIsAProblemOfItsOwn() throws InterruptedException {
    livekit.close();

    assertThat(probe(Duration.ofSeconds(1)).advice()).contains("LiveKit above");
  }

  @ParameterizedTest(name = "{0} {1}: {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {'agent_name': 'sales', 'active_jobs': 2, 'worker_load': 0.5} | OK | is sales, with 2 calls and a load of 0.50",
        "200 | {'agent_name': '', 'load': 0.1}   | PROBLEM | is unnamed, with 0 calls and a load of 0.10, not sales",
        "200 | {'agent_name': 'Sales'}           | PROBLEM | is Sales",
        "200 | <html>                            | PROBLEM | is no worker",
        "404 | {}                                | PROBLEM | is no worker",
      })
  void aWorkerIsAskedForItsName(int status, String body, Level level, String said)
      throws IOException, InterruptedException {
    try (MockWebServer worker = new MockWebServer()) {
      worker.start();
      worker.enqueue(new MockResponse.Builder().code(status).body(body.replace('\'', '"')).build());

      Diagnosis found = AgentCheck.worker(worker.url("/").toString(), "sales");

      assertThat(found.level()).isEqualTo(level);
      assertThat(found.words()).contains(said);
      assertThat(worker.takeRequest().getTarget()).isEqualTo("/worker");
    }
  }

  @Test
  void aWorkerThatIsNotThereIsAProblem() throws InterruptedException {
    assertThat(AgentCheck.worker("http://127.0.0.1:1", "sales").words())
        .isEqualTo("no worker answers at http://127.0.0.1:1/worker");
  }

  private void assertProblem(String words, String advice) throws InterruptedException {
    Diagnosis found = probe(Duration.ofMillis(900));

    assertThat(found.level()).isEqualTo(Level.PROBLEM);
    assertThat(found.words()).contains(words);
    assertThat(found.advice()).contains(advice);
    assertThat(livekit.rooms()).isEmpty();
  }

  private Diagnosis probe(Duration patience) throws InterruptedException {
    return new AgentCheck(api.rooms(), patience).probe("sales");
  }
}
