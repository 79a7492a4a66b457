package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voicegateway.Hooks.Reply;
import io.voicegateway.routes.CurrentRoutes;
import io.voicegateway.sandbox.SandboxLiveKit;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.util.FileSystemUtils;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Hawtio and Jolokia on the management port, and what operators find in JMX. */
@GatewayTest
@TestPropertySource(
    properties = {
      "gateway.jmx=true",
      "gateway.ops.viewer-password=look",
      "gateway.routes-trial=false"
    })
class CamelConsoleTest {

  private static final String HTML = "text/html";
  private static final Path ROUTES = Path.of("target", "camel-console-routes");

  @Value("${local.server.port}")
  private int port;

  @Value("${local.gateway.port}")
  private int calls;

  @Autowired private CurrentRoutes routes;
  @Autowired private SandboxLiveKit livekit;

  private Hooks operator;

  @DynamicPropertySource
  static void ownRoutes(DynamicPropertyRegistry properties) throws IOException {
    FileSystemUtils.deleteRecursively(ROUTES);
    FileSystemUtils.copyRecursively(Path.of("routes"), ROUTES);
    properties.add("gateway.routes", ROUTES::toString);
  }

  @BeforeEach
  void logIn() {
    operator = Hooks.ofOperator(port);
  }

  // ---- who

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/hawtio/",
        "/hawtio/index.html",
        "/jolokia",
        "/hawtio/jolokia",
        "/%68awtio/index.html"
      })
  void itIsForOperatorsAlone(String path) {
    Hooks somebody = new Hooks(port);

    assertThat(somebody.get(path).status()).isEqualTo(401);
    assertThat(somebody.get(path, "Authorization", basic("viewer:look")).status()).isEqualTo(403);
    assertThat(operator.get(path).status()).isEqualTo(200);
  }

  @Test
  void itsPagesBringTheSessionsToken() {
    Hooks browser = new Hooks(port);
    String session = cookie(logIn(browser));
    Reply page = browser.get("/hawtio/", "Accept", HTML, "Cookie", session);
    assertThat(page.cookie()).startsWith("XSRF-TOKEN=").contains("Path=/hawtio", "SameSite=Strict");
    String token = cookie(page).substring("XSRF-TOKEN=".length());
    byte[] question = "{\"type\":\"version\"}".getBytes(StandardCharsets.UTF_8);

    assertThat(browser.post("/jolokia", question, "application/json", "Cookie", session).status())
        .isEqualTo(403);
    assertThat(
            browser
                .post(
                    "/jolokia",
                    question,
                    "application/json",
                    "Cookie",
                    session,
                    "X-XSRF-TOKEN",
                    token)
                .status())
        .isEqualTo(200);
  }

  @Test
  void anAddressAloneDoesNothing() {
    assertThat(operator.get("/jolokia/exec/java.lang:type=Memory/gc").json().path("status").asInt())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/jolokia", "/hawtio/jolokia"})
  void aPageFromElsewhereReadsNothing(String path) {
    assertThat(operator.get(path, "Origin", "http://127.0.0.1:1").status()).isEqualTo(403);
    assertThat(operator.get(path, "Sec-Fetch-Site", "same-site").status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.sun.management:type=DiagnosticCommand vmFlags",
        "com.sun.management:type=HotSpotDiagnostic dumpHeap",
        "jdk.management.jfr:type=FlightRecorder newRecording"
      })
  void nothingIsDoneThatShowsTheMemoryOrWritesFiles(String operation) {
    String[] words = operation.split(" ");

    assertThat(exec(words[0], words[1]).path("status").asInt()).isEqualTo(403);
  }

  @Test
  void noOtherMachineIsAskedInOurName() {
    ObjectNode question = question("read", "java.lang:type=Memory");
    question.putObject("target").put("url", "service:jmx:rmi:///jndi/rmi://127.0.0.1:1/jmxrmi");

    assertThat(ask(question).path("status").asInt()).as("its own answer").isEqualTo(200);
    assertThat(operator.get("/hawtio/proxy/http/127.0.0.1/1/jolokia").status()).isEqualTo(404);
  }

  // ---- what it draws

  @Test
  void everyStepHasANameOfItsOwn() {
    ModelCamelContext camel = (ModelCamelContext) routes.camel();
    List<ProcessorDefinition<?>> roots = new ArrayList<>(camel.getRouteDefinitions());
    for (RouteConfigurationDefinition shared : camel.getRouteConfigurationDefinitions()) {
      roots.addAll(shared.getOnExceptions());
    }

    assertThat(roots.stream().flatMap(CamelConsoleTest::withSteps))
        .hasSizeGreaterThan(300)
        .filteredOn(step -> !step.hasCustomIdAssigned())
        .isEmpty();
  }

  @SuppressWarnings("rawtypes")
  private static Stream<ProcessorDefinition> withSteps(ProcessorDefinition<?> root) {
    return Stream.concat(
        Stream.of(root),
        ProcessorDefinitionHelper.filterTypeInOutputs(root.getOutputs(), ProcessorDefinition.class)
            .stream());
  }

  /** Hawtio draws no route at all when something stands before the beginning of one. */
  @Test
  void everyRouteBeginsWithItsBeginning() throws Exception {
    ObjectNode question = question("exec", context());
    question.put("operation", "dumpRoutesAsXml(boolean)").putArray("arguments").add(true);
    String xml = ask(question).path("value").asText();
    NodeList all =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(xml)))
            .getElementsByTagName("route");

    assertThat(all.getLength()).isGreaterThan(40);
    for (int route = 0; route < all.getLength(); route++) {
      Element drawn = (Element) all.item(route);
      assertThat(first(drawn)).as(drawn.getAttribute("id")).isEqualTo("from");
    }
  }

  private static String first(Element route) {
    Node child = route.getFirstChild();
    while (child.getNodeType() != Node.ELEMENT_NODE) {
      child = child.getNextSibling();
    }
    return child.getNodeName();
  }

  // ---- what it does

  @Test
  void aRouteThatIsStoppedIsNoWayForCallsUntilItIsStarted() {
    String route =
        context().replace("type=context", "type=routes").replaceFirst("name=.*", "name=");
    route += "\"livekit-simple\"";
    assertThat(exec(route, "stop()").path("status").asInt()).isEqualTo(200);
    try {
      Reply readiness = new Hooks(port).get("/health/readiness");
      assertThat(readiness.status()).isEqualTo(503);
      assertThat(readiness.body()).contains("livekit-simple");
    } finally {
      exec(route, "start()");
    }
    assertThat(new Hooks(port).get("/health/readiness").status()).isEqualTo(200);
  }

  @Test
  void theOutageSwitchIsThrownByWhoeverLoggedIn() {
    String bean = "io.voicegateway:type=OutageSwitches";
    try {
      JsonNode switches = exec(bean, "turnOn", "+15550001000").path("value");

      assertThat(switches).hasSize(1);
      assertThat(switches.path(0).asText()).startsWith("***000, since ").endsWith(", by ops");
      assertThat(read(bean, "SwitchedOn")).isEqualTo(switches);
      assertThat(exec(bean, "turnOn", "+49*").path("error").asText()).contains("number must be");
    } finally {
      assertThat(exec(bean, "turnOff", "+15550001000").path("value")).isEmpty();
    }
  }

  @Test
  void aBreakerIsOpenedAndReset() {
    String bean = "io.voicegateway:type=Breakers";
    Hooks hooks = new Hooks(calls);
    int rooms = livekit.count("CreateRoom");
    try {
      assertThat(exec(bean, "forceOpen", "default").path("value").path(0).asText())
          .isEqualTo("default: FORCED_OPEN");
      hooks.call(Hooks.newCall(UUID.randomUUID().toString()));
      assertThat(livekit.count("CreateRoom")).isEqualTo(rooms);
    } finally {
      exec(bean, "reset", "default");
    }
    assertThat(read(bean, "States").path(0).asText()).isEqualTo("default: CLOSED");
    hooks.call(Hooks.newCall(UUID.randomUUID().toString()));
    assertThat(livekit.count("CreateRoom")).isEqualTo(rooms + 1);
    assertThat(exec(bean, "reset", "nowhere").path("error").asText()).contains("no project");
  }

  @Test
  void routesAreReadAgainWhenSomebodySaysSo() throws IOException {
    String bean = "io.voicegateway:type=Routes";
    Path file = ROUTES.resolve("livekit-simple.camel.yaml");
    String before = Files.readString(file);
    String since = read(bean, "Since").asText();
    try {
      Files.writeString(file, before.replace("ref: hookReader", "ref: hookRaeder"));
      assertThat(exec(bean, "reload").path("value").path(0).asText())
          .startsWith("routes: rejected, livekit-simple.camel.yaml:")
          .endsWith("there is no bean hookRaeder");
      assertThat(read(bean, "Rejected").asText()).contains("hookRaeder");
    } finally {
      Files.writeString(file, "# edited\n" + before);
    }

    assertThat(exec(bean, "reload").path("value").path(0).asText()).isEqualTo("routes: served");
    assertThat(read(bean, "Rejected").asText()).isEmpty();
    assertThat(read(bean, "Since").asText()).isGreaterThan(since);
    assertThat(read(bean, "Served").toString()).contains("livekit-simple=Started");
  }

  // ---- Jolokia

  private String context() {
    String name = routes.camel().getManagementName();
    return "org.apache.camel:context=%s,type=context,name=\"gateway\"".formatted(name);
  }

  private JsonNode read(String bean, String attribute) {
    return ask(question("read", bean).put("attribute", attribute)).path("value");
  }

  private JsonNode exec(String bean, String operation, String... arguments) {
    ObjectNode question = question("exec", bean).put("operation", operation);
    Stream.of(arguments).forEach(question.putArray("arguments")::add);
    return ask(question);
  }

  private static ObjectNode question(String type, String bean) {
    return new JsonMapper().createObjectNode().put("type", type).put("mbean", bean);
  }

  private JsonNode ask(JsonNode question) {
    byte[] body = question.toString().getBytes(StandardCharsets.UTF_8);
    return operator.post("/jolokia", body, "application/json").json();
  }

  private static Reply logIn(Hooks browser) {
    byte[] form = "username=ops&password=s3cret".getBytes(StandardCharsets.UTF_8);
    return browser.post("/login", form, "application/x-www-form-urlencoded");
  }

  private static String cookie(Reply reply) {
    return reply.cookie().split(";", 2)[0];
  }

  private static String basic(String login) {
    return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }
}
