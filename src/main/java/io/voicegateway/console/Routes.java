package io.voicegateway.console;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

  /** Starts the routes on the sandbox and plays calls through them. */
  @Command(
      name = "check",
      description =
          "Loads the routes, plays calls through them on the sandbox, and judges their verbs as Jambonz does.",
      mixinStandardHelpOptions = true)
  static final class Check implements Callable<Integer> {

    @Mixin private RehearsalOptions options = new RehearsalOptions();

    @Override
    public Integer call() throws Exception {
      return options.rehearse(false, Rehearsal::calls);
    }
  }
}
