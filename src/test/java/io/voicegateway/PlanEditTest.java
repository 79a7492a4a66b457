package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.voicegateway.Hooks.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** An operator edits the number plan while the gateway serves calls. */
@GatewayTest
@DirtiesContext
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(properties = {"gateway.routes-watch=20", "gateway.ops.password=pass"})
class PlanEditTest {

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String LOGIN = "Basic b3BzOnBhc3M=";
  private static final String PLAN =
      "gateway: {numbers: [{number: '+15550001000', agent: one, caller-id: '+15550001000'}]}\n";

  private static Path file = Path.of("plan.yaml");

  @DynamicPropertySource
  static void ownPlan(DynamicPropertyRegistry properties) throws IOException {
    file = Files.createTempDirectory("plan").resolve("application.yaml");
    Files.writeString(file, PLAN);
    properties.add("gateway.plan.file", file::toString);
  }

  @Value("${local.gateway.port}")
  private int port;

  @Value("${local.server.port}")
  private int managementPort;

  @Autowired private MeterRegistry meters;

  private Hooks hooks;

  @BeforeEach
  void gateway() {
    hooks = new Hooks(port);
  }

  @AfterEach
  void asItWas() throws IOException {
    write(PLAN);
    await()
        .atMost(SOON)
        .until(() -> callerId().equals("+15550001000") && rejected().isMissingNode());
  }

  @Test
  void theNextCallIsServedByTheEdit() throws IOException {
    assertThat(callerId()).isEqualTo("+15550001000");

    write(PLAN.replace("caller-id: '+15550001000'", "caller-id: '+15550009999'"));

    await().atMost(SOON).until(() -> callerId().equals("+15550009999"));
  }

  @Test
  void anExtensionThatIsAddedCanBeTransferredTo() throws IOException {
    assertThat(transferToSales().status()).isEqualTo(403);

    write(PLAN.replace("gateway: {", "gateway: {extensions: {sales: '+15550003000'}, "));

    await().atMost(SOON).until(() -> transferToSales().status() == 200);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      agent: one | agnet: one                            | agnet
      agent: one | agent: one, fallback: ["route:nowhere"] | direct:nowhere
      agent: one | agent: one, project: nowhere          | nowhere
      numbers: [ | numbers: [[                           | line
      """)
  void aWrongEditIsRejectedAndThePlanBeforeItServes(
      String text, String edit, String problem, CapturedOutput output) throws IOException {
    write(
        PLAN.replace(text, edit).replace("caller-id: '+15550001000'", "caller-id: '+15550009999'"));

    await().atMost(SOON).until(() -> !rejected().isMissingNode());

    assertThat(rejected().path("problem").asText()).contains(problem);
    assertThat(rejected().path("file").asText()).isEqualTo("application.yaml");
    assertThat(meters.get("gateway.plan.rejected").gauge().value()).isEqualTo(1);
    assertThat(callerId()).isEqualTo("+15550001000");
    write(PLAN);
    await().atMost(SOON).until(() -> rejected().isMissingNode());
    assertThat(output.getOut().lines().filter(line -> line.contains("number plan is rejected")))
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/console/calls", "/console/letters", "/console/doctor"})
  void everyPageSaysWhereARejectedEditIsUntilItIsMended(String page) throws IOException {
    write(PLAN.replace("numbers: [", "numbers:\n  [["));

    await().atMost(SOON).until(() -> page(page).contains("An edit is not served"));

    assertThat(page(page)).containsPattern("<code>application\\.yaml:\\d+</code>");
    write(PLAN);
    await().atMost(SOON).until(() -> !page(page).contains("An edit is not served"));
  }

  private String page(String path) {
    return management().get(path, "Authorization", LOGIN, "Accept", "text/html").body();
  }

  private Hooks management() {
    return new Hooks(managementPort);
  }

  private JsonNode rejected() {
    return management().get("/routes", "Authorization", LOGIN).json().path("plan_rejected");
  }

  private String callerId() {
    return hooks.call(Hooks.newCall(UUID.randomUUID().toString())).dial().path("callerId").asText();
  }

  private Reply transferToSales() {
    return hooks.event(
        "/livekit-api/refer",
        """
        {"call_sid": "%s", "from": "+15550002000", "to": "+15550001000",
         "call_status": "in-progress", "fs_sip_address": "127.0.0.1:5070",
         "refer_details": {"sip_refer_to": "<sip:sales@gateway>"}}"""
            .formatted(UUID.randomUUID()));
  }

  private static void write(String text) throws IOException {
    Files.writeString(file, text);
  }
}
