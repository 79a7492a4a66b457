package io.voicegateway.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.voicegateway.console.FollowedCalls.Unanswered;
import io.voicegateway.console.GatewayClient.Answer;
import io.voicegateway.record.CallQuery;
import java.io.PrintStream;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the calls of a running gateway. */
@Command(
    name = "calls",
    description =
        "Lists the calls of a running gateway, or shows the timeline of one. OPS_USER and"
            + " OPS_PASSWORD are the login.",
    mixinStandardHelpOptions = true)
final class Calls implements Callable<Integer> {

  private static final Set<String> STATES = Set.of("active", "ended", "failed", "all");

  @Parameters(
      arity = "0..1",
      paramLabel = "CALL_SID",
      description = "one call, with its timeline; the beginning of its id is enough")
  private @Nullable String callSid;

  @Option(
      names = "--state",
      defaultValue = "",
      description = "active, ended, failed or all; active, or all with --find or --cause")
  private String state = "";

  @Option(
      names = "--find",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "the last digits of either number, or the beginning of a call's id")
  private String typed = "";

  @Option(
      names = "--cause",
      paramLabel = "CODE",
      defaultValue = "",
      description = "a cause_code, such as no_worker")
  private String cause = "";

  @Option(names = "--limit", defaultValue = "50", description = "how many (${DEFAULT-VALUE})")
  private int limit;

  @Option(
      names = "--follow",
      description =
          "show calls that are under way and what becomes of them, or only ends with --state ended"
              + " or failed, until Ctrl-C")
  private boolean follow;

  @Option(names = "--full", description = "whole numbers instead of masked ones")
  private boolean full;

  @Option(
      names = "--json",
      description = "the gateway's JSON instead of text, with --follow a line for each change")
  private boolean json;

  @Option(
      names = "--project",
      paramLabel = "NAME",
      defaultValue = "",
      description = "only calls in the LiveKit of this project")
  private String project = "";

  @Mixin private GatewayOptions gateway = new GatewayOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  private final PrintStream out = System.out;
  private final CallTable table = new CallTable(out);

  @Override
  public Integer call() throws InterruptedException {
    CallQuestions questions = gateway.questions(full, project);
    if (follow) {
      return follow(questions);
    }
    Answer answer =
        callSid == null ? questions.found(state, typed, cause, limit) : questions.named(callSid);
    if (!answer.isOk()) {
      return problem(answer);
    }
    print(answer.body());
    return 0;
  }

  private void print(JsonNode answer) {
    if (json) {
      out.println(answer);
    } else if (callSid == null) {
      table.all(answer);
      if (answer.path("calls").isEmpty() && !typed.isEmpty()) {
        out.println(CallQuery.SEARCHABLE);
      }
    } else {
      table.timeline(answer);
    }
  }

  private int problem(Answer answer) {
    if (answer.isWrongUse()) {
      throw new ParameterException(spec.commandLine(), answer.problem());
    }
    say(answer.problem());
    return 1;
  }

  private void say(String sentence) {
    spec.commandLine().getErr().println("gateway: " + sentence);
  }

  // ---- once a second

  private int follow(CallQuestions questions) throws InterruptedException {
    if (callSid != null) {
      throw new ParameterException(spec.commandLine(), "--follow is for lists, not for one call");
    }
    if (!typed.isEmpty() || !cause.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--follow shows all calls, without --find and --cause");
    }
    String followed = state.isEmpty() ? "active" : state;
    if (!STATES.contains(followed)) {
      throw new ParameterException(spec.commandLine(), "--state must be one of " + STATES);
    }
    FollowedCalls calls = new FollowedCalls(questions, followed, limit, this::line);
    try {
      calls.look();
    } catch (Unanswered nobodyThere) {
      return problem(nobodyThere.answer());
    }
    if (!json) {
      table.head();
    }
    return goOn(calls);
  }

  private void line(JsonNode call) {
    if (json) {
      out.println(call);
    } else {
      table.head();
      table.line(call);
    }
  }

  /** Ends with Ctrl-C, or when the gateway says something that no waiting will change. */
  private int goOn(FollowedCalls calls) throws InterruptedException {
    boolean away = false;
    while (true) {
      TimeUnit.SECONDS.sleep(1);
      try {
        calls.look();
        if (away) {
          say("It answers again.");
        }
        away = false;
      } catch (Unanswered problem) {
        if (!problem.answer().mayPass()) {
          return problem(problem.answer());
        }
        if (!away) {
          say(problem.getMessage() + " It is asked again every second.");
        }
        away = true;
      }
    }
  }
}
