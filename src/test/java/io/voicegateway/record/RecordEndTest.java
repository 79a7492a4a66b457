package io.voicegateway.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.Gateway;
import io.voicegateway.call.record.CallEvent;
import io.voicegateway.call.record.CallEvents;
import io.voicegateway.routes.CurrentRoutes;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * What is told while the gateway ends is written: its routes answer hooks until they have ended.
 */
class RecordEndTest {

  @TempDir private Path folder;

  @Test
  void whatTheLastRoutesTellIsWritten() {
    String url = "jdbc:h2:file:" + folder.resolve("calls").toAbsolutePath();
    try (ConfigurableApplicationContext gateway = start(url)) {
      CallEvents record = gateway.getBean(CallEvents.class);
      gateway
          .getBean(CurrentRoutes.class)
          .camel()
          .addLifecycleStrategy(
              new LifecycleStrategySupport() {
                @Override
                public void onContextStopped(CamelContext context) {
                  record.tell(new CallEvent.HungUp("last", Instant.now()));
                }
              });
    }

    try (Recorder later = new Recorder(url, 10).awake()) {
      assertThat(later.call("last").callSid()).isEqualTo("last");
    }
  }

  @Test
  void whatIsToldAfterTheEndBecomesALetter() {
    Recorder recorder = new Recorder("jdbc:h2:mem:record-end", 10).awake();
    recorder.close();

    recorder.tell(List.of(new CallEvent.HungUp("late", Instant.now())));

    assertThat(recorder.letters).anyMatch(letter -> letter.body().contains("\"late\""));
  }

  private ConfigurableApplicationContext start(String url) {
    return new SpringApplication(Gateway.class)
        .run(
            "--gateway.port=0",
            "--server.port=0",
            "--gateway.records.url=" + url,
            "--gateway.plan.file=src/test/resources/plan.yaml",
            "--gateway.plan.agent=voice-agent",
            "--gateway.dead-letters.directory=" + folder.resolve("letters"));
  }
}
