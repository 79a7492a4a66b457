package io.voicegateway.jambonz.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Jambonz's REST API as far as a setup uses it, in the forms of jambonz-api-server (routes/api).
 */
public final class StubJambonz implements AutoCloseable {

  public static final String ACCOUNT = "account-1";
  public static final String KEY = "key-of-the-account";

  private static final ObjectMapper JSON = new ObjectMapper();

  public final ObjectNode account =
      JSON.createObjectNode().put("name", "acme").put("sip_realm", "acme.sip.example.test");
  public final ArrayNode applications = JSON.createArrayNode();
  public final ArrayNode clients = JSON.createArrayNode();
  public final ArrayNode numbers = JSON.createArrayNode();
  public final List<String> requests = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private int next = 1;

  public StubJambonz() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  public JambonzApi api() {
    return TestJambonz.at("http://127.0.0.1:" + server.getAddress().getPort(), ACCOUNT, KEY);
  }

  public void addNumber(String sid, String number) {
    numbers
        .addObject()
        .put("phone_number_sid", sid)
        .put("number", number)
        .put("account_sid", ACCOUNT)
        .putNull("application_sid");
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().getPath().replace("/v1", "");
    byte[] sent = exchange.getRequestBody().readAllBytes();
    JsonNode body = sent.length == 0 ? JSON.createObjectNode() : JSON.readTree(sent);
    requests.add(method + " " + path);
    if (exchange.getRequestHeaders().containsKey("Upgrade")) {
      refuseUpgrade(exchange);
      return;
    }
    boolean known =
        ("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"));
    boolean broken = changesHooksAlone(method, path, body);
    boolean taken = method.equals("POST") && isNameTaken(path, body);
    JsonNode answer = known && !broken && !taken ? answer(method, path, body) : null;
    int status =
        !known ? 401 : broken ? 500 : method.equals("POST") ? 201 : answer == null ? 204 : 200;
    if (taken) {
      answer = JSON.createObjectNode().put("msg", "the name is taken");
      status = path.equals("/Clients") ? 400 : 422;
    }
    byte[] text = answer == null ? new byte[0] : JSON.writeValueAsBytes(answer);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, text.length == 0 ? -1 : text.length);
    exchange.getResponseBody().write(text);
    exchange.close();
  }

  /** Its server upgrades connections for recordings only, and answers 404 to every other wish. */
  private static void refuseUpgrade(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(404, -1);
    exchange.close();
  }

  /**
   * Hooks that have an id are changed apart; what is left for the application must not be empty.
   */
  private static boolean changesHooksAlone(String method, String path, JsonNode body) {
    return method.equals("PUT")
        && path.startsWith("/Applications/")
        && body.properties().stream()
            .allMatch(
                field -> field.getKey().endsWith("_hook") && field.getValue().has("webhook_sid"));
  }

  /** Its database compares names without case. */
  private boolean isNameTaken(String path, JsonNode body) {
    ArrayNode all = path.equals("/Clients") ? clients : applications;
    String name = path.equals("/Clients") ? "username" : "name";
    for (JsonNode one : all) {
      if (one.path(name).asText().equalsIgnoreCase(body.path(name).asText())
          && one.path("account_sid").equals(body.path("account_sid"))) {
        return true;
      }
    }
    return false;
  }

  private JsonNode answer(String method, String path, JsonNode body) {
    switch (method + " " + path.replaceAll("(Applications|Clients|PhoneNumbers)/.*", "$1/*")) {
      case "GET /Accounts/" + ACCOUNT:
        return account;
      case "PUT /Accounts/" + ACCOUNT:
        account.setAll((ObjectNode) body);
        return null;
      case "GET /Accounts/" + ACCOUNT + "/WebhookSecret":
        return JSON.createObjectNode().put("webhook_secret", "wh_secret_1");
      case "GET /Accounts/" + ACCOUNT + "/Applications":
        return applications;
      case "GET /Sbcs":
        return JSON.createArrayNode()
            .add(JSON.createObjectNode().put("ipv4", "192.0.2.10").put("port", 5060));
      case "GET /Clients":
        return masked(clients);
      case "GET /PhoneNumbers":
        return numbers;
      case "POST /Applications":
        return added(applications, "application_sid", body, "call_hook", "call_status_hook");
      case "POST /Clients":
        return added(clients, "client_sid", body);
      case "PUT /Applications/*":
        return changed(applications, "application_sid", path, body);
      case "PUT /Clients/*":
        return changed(clients, "client_sid", path, body);
      case "PUT /PhoneNumbers/*":
        return changed(numbers, "phone_number_sid", path, body);
      default:
        throw new IllegalStateException(method + " " + path);
    }
  }

  /** Of a password the first character is shown, and its length. */
  private static JsonNode masked(ArrayNode clients) {
    ArrayNode shown = clients.deepCopy();
    for (JsonNode client : shown) {
      String password = client.path("password").asText();
      ((ObjectNode) client).put("password", password.charAt(0) + "X".repeat(password.length() - 1));
    }
    return shown;
  }

  private JsonNode added(ArrayNode to, String id, JsonNode body, String... hooks) {
    String sid = "sid-" + next++;
    ObjectNode stored = ((ObjectNode) body.deepCopy()).put(id, sid);
    for (String hook : hooks) {
      ((ObjectNode) stored.path(hook)).put("webhook_sid", "hook-" + next++);
    }
    to.add(stored);
    return JSON.createObjectNode().put("sid", sid);
  }

  private static JsonNode changed(ArrayNode in, String id, String path, JsonNode body) {
    String sid = path.substring(path.lastIndexOf('/') + 1);
    for (JsonNode one : in) {
      if (one.path(id).asText().equals(sid)) {
        ((ObjectNode) one).setAll((ObjectNode) body);
        return null;
      }
    }
    throw new IllegalStateException("nothing at " + path);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
