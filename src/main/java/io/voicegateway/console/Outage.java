package io.voicegateway.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voicegateway.console.GatewayClient.Answer;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows or throws the outage switch of running gateways. */
@Command(
    name = "outage",
    description =
        "Shows the outage switch, or turns it on or off: while it is on, callers get the fallback and"
            + " no agent. OPS_USER and OPS_PASSWORD are the login.",
    mixinStandardHelpOptions = true)
final class Outage implements Callable<Integer> {

  private static final String LINE = "%-20s  %-19s  %s%n";

  @Parameters(arity = "0..1", paramLabel = "on|off", description = "nothing to show it")
  private @Nullable String state;

  @Option(
      names = "--number",
      defaultValue = "*",
      description = "for one called number only, instead of all")
  private String number = "*";

  @Option(
      names = "--project",
      paramLabel = "NAME",
      description = "for the LiveKit project of that name, instead of numbers")
  private @Nullable String project;

  @Option(names = "--full", description = "whole numbers instead of masked ones")
  private boolean full;

  @Option(names = "--json", description = "the gateway's JSON instead of text")
  private boolean json;

  @Mixin private ManagementOptions gateway = new ManagementOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws InterruptedException {
    Answer answer = ask();
    if (answer.isWrongUse()) {
      throw new ParameterException(spec.commandLine(), answer.problem());
    }
    if (!answer.isOk()) {
      return problem(answer.problem());
    }
    print(answer.body());
    if (!json && answer.body().has("hint")) {
      out.println(Printable.line(answer.body().path("hint").asText()));
    }
    return answer.body().path("written").asBoolean()
        ? 0
        : problem("The calls' database does not answer: other gateways do not know of it yet.");
  }

  private Answer ask() throws InterruptedException {
    String path = "/outage?full=" + full;
    if (state == null) {
      return gateway.client().get(path);
    }
    if (!state.equals("on") && !state.equals("off")) {
      throw new ParameterException(spec.commandLine(), "outage is turned on or off");
    }
    ObjectNode wish = new JsonMapper().createObjectNode().put("on", state.equals("on"));
    if (project == null) {
      wish.put("number", number);
    } else {
      wish.put("project", project);
    }
    return gateway.client().put(path, wish);
  }

  private int problem(String sentence) {
    spec.commandLine().getErr().println("gateway: " + sentence);
    return 1;
  }

  private void print(JsonNode switches) {
    if (json) {
      out.println(switches);
      return;
    }
    JsonNode outages = switches.path("outages");
    if (outages.isEmpty()) {
      out.println("No outage switch is on.");
      return;
    }
    out.printf(LINE, "outage of", "since (UTC)", "by");
    outages.forEach(this::line);
  }

  private void line(JsonNode outage) {
    String number =
        outage.has("project")
            ? "project " + outage.path("project").asText()
            : outage.path("number").asText();
    String since = outage.path("since").asText().replace('T', ' ');
    out.printf(
        LINE,
        number.equals("*") ? "all numbers" : number,
        since.substring(0, Math.min(since.length(), 19)),
        outage.path("by").asText());
  }
}
