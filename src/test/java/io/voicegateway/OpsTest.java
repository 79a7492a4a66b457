package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.voicegateway.deadletter.DeadLetterChannel;
import io.voicegateway.deadletter.DeadLetterChannel.Undone;
import io.voicegateway.sandbox.SandboxJambonz;
import io.voicegateway.sandbox.SandboxJambonz.PhoneCall;
import io.voicegateway.sandbox.SandboxLiveKit;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.test.context.TestPropertySource;

/** What ops/ gives to Prometheus and Grafana fits what a gateway tells. */
@GatewayTest
@AutoConfigureObservability(tracing = false)
@TestPropertySource(
    properties = {
      "gateway.dead-letters.directory=target/dead-letters/ops",
      "gateway.jambonz.webhook-secrets=s3cret",
      "gateway.ops.password=s3cret"
    })
class OpsTest {

  private static final Path ALERTS = Path.of("ops", "alerts.yaml");
  private static final Path DASHBOARD = Path.of("ops", "grafana-dashboard.json");
  private static final Pattern METRIC = Pattern.compile("\\bgateway_[a-z_]+\\b(?!\\|)");
  private static final Duration SOON = Duration.ofSeconds(30);

  @Autowired private SandboxLiveKit livekit;
  @Autowired private DeadLetterChannel channel;

  @Value("${local.gateway.port}")
  private int port;

  @Value("${local.server.port}")
  private int management;

  @Test
  void everyMetricInAlertsAndDashboardIsToldByARunningGateway() throws Exception {
    Set<String> wanted = new TreeSet<>(metrics(expressions(alerts())));
    wanted.addAll(metrics(expressions(dashboard())));
    assertThat(wanted).hasSizeGreaterThan(20);

    somethingOfEverything();

    await().atMost(SOON).untilAsserted(() -> assertThat(told()).containsAll(wanted));
  }

  @Test
  void everyAlertSaysHowGraveItIsAndWhatToDo() throws IOException {
    List<JsonNode> rules = list(alerts().at("/groups/0/rules"));

    assertThat(rules)
        .allSatisfy(
            rule -> {
              assertThat(rule.at("/labels/severity").asText()).matches("critical|warning|info");
              assertThat(rule.at("/annotations/summary").asText()).isNotEmpty();
              assertThat(rule.at("/annotations/description").asText()).endsWith(".");
            });
    assertThat(rules.stream().map(rule -> rule.path("alert").asText()))
        .doesNotHaveDuplicates()
        .allMatch(Files.readString(Path.of("ops", "alerts-test.yaml"))::contains);
  }

  @ParameterizedTest
  @ValueSource(strings = {"check rules ops/alerts.yaml", "test rules ops/alerts-test.yaml"})
  void promtoolAgrees(String words) throws Exception {
    promtool(words);
  }

  @Test
  void everyQuestionOfTheDashboardIsOne() throws Exception {
    ObjectNode file = new YAMLMapper().createObjectNode();
    ArrayNode rules = file.putArray("groups").addObject().put("name", "panels").putArray("rules");
    List<String> questions = dashboard().findValuesAsText("expr");
    for (int i = 0; i < questions.size(); i++) {
      rules.addObject().put("record", "panel:" + i).put("expr", questions.get(i));
    }
    Path panels = Files.createDirectories(Path.of("target", "ops")).resolve("panels.yaml");
    new YAMLMapper().writeValue(panels.toFile(), file);

    promtool("check rules --lint=none " + panels);
  }

  private static void promtool(String words) throws Exception {
    Assumptions.assumeTrue(
        isInstalled("promtool"),
        "promtool is not installed (package prometheus), so it did not look at ops/");
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(words.split(" ")));
    Process promtool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(promtool.waitFor()).as(said).isZero();
  }

  @Test
  void theDashboardIsOneThatGrafanaImports() throws IOException {
    JsonNode board = dashboard();

    assertThat(board.path("schemaVersion").asInt()).isGreaterThanOrEqualTo(36);
    assertThat(board.path("uid").asText()).isNotEmpty();
    assertThat(board.has("id")).isFalse();
    assertThat(board.at("/templating/list/0/name").asText()).isEqualTo("datasource");
    assertThat(board.at("/templating/list/0/type").asText()).isEqualTo("datasource");
    assertThat(board.at("/templating/list/0/query").asText()).isEqualTo("prometheus");
    List<JsonNode> panels = list(board.path("panels"));
    assertThat(panels.stream().map(panel -> panel.path("id").asInt())).doesNotHaveDuplicates();
    assertThat(panels)
        .filteredOn(panel -> !panel.path("type").asText().equals("row"))
        .allSatisfy(OpsTest::isPanel);
    assertNothingOverlaps(panels);
  }

  private static void isPanel(JsonNode panel) {
    assertThat(panel.path("type").asText()).isIn("stat", "timeseries");
    assertThat(panel.path("title").asText()).isNotEmpty();
    assertThat(list(panel.path("targets")))
        .isNotEmpty()
        .allSatisfy(
            target -> {
              assertThat(target.path("expr").asText()).contains("$job", "$instance");
              assertThat(target.at("/datasource/uid").asText()).isEqualTo("${datasource}");
              assertThat(target.path("refId").asText()).isNotEmpty();
            });
  }

  private static void assertNothingOverlaps(List<JsonNode> panels) {
    Set<String> taken = new HashSet<>();
    for (JsonNode panel : panels) {
      JsonNode at = panel.path("gridPos");
      int right = at.path("x").asInt() + at.path("w").asInt();
      assertThat(right).isLessThanOrEqualTo(24);
      for (int x = at.path("x").asInt(); x < right; x++) {
        for (int y = at.path("y").asInt(); y < at.path("y").asInt() + at.path("h").asInt(); y++) {
          assertThat(taken.add(x + "," + y)).as(panel.path("title").asText()).isTrue();
        }
      }
    }
  }

  // ---- what a gateway tells only once it has happened

  private void somethingOfEverything() throws Exception {
    call("s3cret");
    call("another secret");
    new Hooks(port).event("/livekit-events", "{}");
    channel.keep(new Undone("call-record", "store", "why", null, "application/json", "[]"));
    LetterDesks desk = new LetterDesks(management);
    desk.discard(desk.ids("").get(0));
    Switches.set(management, true, "*");
    call("s3cret");
    Switches.set(management, false, "*");
  }

  private void call(String secret) throws Exception {
    new SandboxJambonz(livekit, URI.create("http://127.0.0.1:" + port), secret, event -> {})
        .call(new PhoneCall("+15550002000", "+15550001000", Duration.ofMillis(50)));
  }

  private Set<String> told() {
    return Hooks.ofOperator(management)
        .get("/prometheus")
        .body()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("[{ ]", 2)[0])
        .collect(Collectors.toSet());
  }

  // ---- files

  private static JsonNode alerts() throws IOException {
    return new YAMLMapper().readTree(ALERTS.toFile());
  }

  private static JsonNode dashboard() throws IOException {
    return new JsonMapper().readTree(DASHBOARD.toFile());
  }

  private static List<String> expressions(JsonNode file) {
    return Stream.concat(
            file.findValuesAsText("expr").stream(), file.findValuesAsText("definition").stream())
        .toList();
  }

  private static Set<String> metrics(List<String> expressions) {
    return expressions.stream()
        .map(expression -> expression.replaceAll("\"[^\"]*\"", ""))
        .flatMap(expression -> METRIC.matcher(expression).results())
        .map(found -> found.group())
        .collect(Collectors.toSet());
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
