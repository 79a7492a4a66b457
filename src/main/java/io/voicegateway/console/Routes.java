package io.voicegateway.console;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Commands about the routes. */
@Command(
    name = "routes",
    description = "Looks after the routes in routes/.",
    mixinStandardHelpOptions = true,
    subcommands = Routes.Check.class)
final class Routes implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "routes needs a word: check");
  }

  /** Starts the routes on the sandbox and sends them a call. */
  @Command(
      name = "check",
      description =
          "Loads the routes, sends them a call on the sandbox, and judges the verbs as Jambonz does.",
      mixinStandardHelpOptions = true)
  static final class Check implements Callable<Integer> {

    @Option(
        names = "--routes",
        paramLabel = "DIR",
        defaultValue = "routes",
        description = "the routes to check")
    private Path routes = Path.of("routes");

    @Option(names = "--json", description = "one JSON object instead of text")
    private boolean json;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
      if (!Files.isDirectory(routes)) {
        throw new ParameterException(spec.commandLine(), "no folder " + routes);
      }
      try (Rehearsal rehearsal = Rehearsal.of(routes);
          InputStream hook = Routes.class.getResourceAsStream("/sandbox/session-new.json")) {
        Rehearsal.Answer answer = rehearsal.post(hook.readAllBytes());
        answer.print(System.out, json);
        return answer.isPlayable() ? 0 : 1;
      }
    }
  }
}
