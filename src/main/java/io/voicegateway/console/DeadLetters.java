package io.voicegateway.console;

import io.voicegateway.console.GatewayClient.Answer;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Commands about the dead letters of a running gateway. */
@Command(
    name = "dead-letters",
    description =
        "Shows what could not be done, does it again, or gives it up. OPS_USER and OPS_PASSWORD are"
            + " the login.",
    mixinStandardHelpOptions = true,
    subcommands = {
      DeadLetters.Listing.class,
      DeadLetters.Show.class,
      DeadLetters.Replay.class,
      DeadLetters.Discard.class,
    })
final class DeadLetters implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "dead-letters needs a word: list, show, replay or discard");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** What all of them have. */
  abstract static class Asking implements Callable<Integer> {

    @Option(names = "--json", description = "the gateway's JSON instead of text")
    boolean json;

    @Mixin ManagementOptions gateway = new ManagementOptions();

    @Spec CommandSpec spec = CommandSpec.create();

    final PrintStream out = System.out;
    final LetterTable table = new LetterTable(out);

    /** The exit code of an answer that is no good. */
    int problem(Answer answer) {
      if (answer.isWrongUse()) {
        throw new ParameterException(spec.commandLine(), answer.problem());
      }
      spec.commandLine().getErr().println("gateway: " + answer.problem());
      return 1;
    }
  }

  /** Which letters wait, and for what. */
  @Command(
      name = "list",
      description = "Lists letters, the newest first, and how many wait for each cause.",
      mixinStandardHelpOptions = true)
  static final class Listing extends Asking {

    @Option(
        names = "--state",
        defaultValue = "waiting",
        description = "waiting, replayed, discarded or all (${DEFAULT-VALUE})")
    private String state = "";

    @Option(names = "--cause", paramLabel = "TEXT", description = "only letters with this cause")
    private @Nullable String cause;

    @Option(
        names = "--before",
        paramLabel = "ID",
        description = "only letters before this one, which was the last of the list before")
    private @Nullable String before;

    @Option(names = "--limit", defaultValue = "50", description = "how many (${DEFAULT-VALUE})")
    private int limit;

    @Override
    public Integer call() throws InterruptedException {
      String path = "/dead-letters?state=" + encoded(state) + "&limit=" + limit;
      path += cause == null ? "" : "&cause=" + encoded(cause);
      path += before == null ? "" : "&before=" + encoded(before);
      Answer answer = gateway.client().get(path);
      if (!answer.isOk()) {
        return problem(answer);
      }
      if (json) {
        out.println(answer.body());
      } else {
        table.all(answer.body());
      }
      return 0;
    }
  }

  /** One letter. */
  @Command(
      name = "show",
      description = "Shows one letter with what came, and what was done with it.",
      mixinStandardHelpOptions = true)
  static final class Show extends Asking {

    @Parameters(paramLabel = "ID", description = "the letter's id, as list shows it")
    private String id = "";

    @Option(names = "--full", description = "everything instead of masked numbers and settings")
    private boolean full;

    @Override
    public Integer call() throws InterruptedException {
      Answer answer = gateway.client().get("/dead-letters/" + encoded(id) + "?full=" + full);
      if (!answer.isOk()) {
        return problem(answer);
      }
      if (json) {
        out.println(answer.body());
      } else {
        table.one(answer.body());
      }
      return 0;
    }
  }

  /** One letter, or all of a cause. */
  static final class Which {

    @Parameters(paramLabel = "ID", description = "the letter's id, as list shows it")
    private @Nullable String id;

    @Option(names = "--cause", paramLabel = "TEXT", description = "all letters with this cause")
    private @Nullable String cause;
  }

  /** What something is done with. */
  abstract static class Handling extends Asking {

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    private final String method;
    private final String word;

    Handling(String method, String word) {
      this.method = method;
      this.word = word;
    }

    @Override
    public Integer call() throws InterruptedException {
      return which.cause == null ? one(String.valueOf(which.id)) : all(which.cause);
    }

    private int one(String id) throws InterruptedException {
      Answer answer = gateway.client().order(method, "/dead-letters/" + encoded(id) + word);
      if (json && answer.body().has("result")) {
        out.println(answer.body());
        return answer.isOk() ? 0 : 1;
      }
      if (!answer.isOk()) {
        return problem(answer);
      }
      table.outcome(answer.body());
      return 0;
    }

    /**
     * As many requests as it takes, until there are no more or the cause is seen not to be gone.
     */
    private int all(String cause) throws InterruptedException {
      int done = 0;
      int undone = 0;
      String after = "";
      do {
        Answer answer =
            gateway
                .client()
                .order(method, "/dead-letters" + word + "?cause=" + encoded(cause) + after);
        if (!answer.isOk()) {
          return problem(answer);
        }
        if (json) {
          out.println(answer.body());
        } else {
          answer.body().path("outcomes").forEach(table::outcome);
        }
        done += answer.body().path("done").asInt();
        undone += answer.body().path("undone").asInt();
        boolean more = answer.body().has("next") && !answer.body().path("stopped").asBoolean();
        after = more ? "&after=" + encoded(answer.body().path("next").asText()) : "";
      } while (!after.isEmpty());
      if (!json) {
        out.printf("%d done, %d not.%n", done, undone);
      }
      return undone == 0 ? 0 : 1;
    }
  }

  /** Does it again. */
  @Command(
      name = "replay",
      description = "Does again what a letter, or all letters of a cause, asked for.",
      mixinStandardHelpOptions = true)
  static final class Replay extends Handling {
    Replay() {
      super("POST", "/replay");
    }
  }

  /** Gives it up. */
  @Command(
      name = "discard",
      description = "Gives up a letter, or all letters of a cause; what came is deleted.",
      mixinStandardHelpOptions = true)
  static final class Discard extends Handling {
    Discard() {
      super("DELETE", "");
    }
  }
}
