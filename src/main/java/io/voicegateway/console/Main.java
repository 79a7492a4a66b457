package io.voicegateway.console;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParseResult;

/** The command line. Exit codes: 0 ok, 1 a problem was found, 2 wrong use. */
@Command(
    name = "gateway",
    description = "Takes phone calls from Jambonz into LiveKit rooms in which the agent waits.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {
      Run.class,
      Try.class,
      Setup.class,
      Doctor.class,
      Simulate.class,
      Calls.class,
      Outage.class,
      Routes.class,
      HelpCommand.class,
    })
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    String[] words = args.length == 0 ? new String[] {"run"} : args;
    int code = commands().execute(words);
    if (code != Run.STAYS_UP) {
      System.exit(code);
    }
  }

  static CommandLine commands() {
    return new CommandLine(new Main()).setExecutionExceptionHandler(Main::failed);
  }

  /** In one line; of a start that failed for an unknown reason the log has more. */
  private static int failed(Exception failure, CommandLine command, ParseResult words) {
    command.getErr().println("gateway: " + failure.getMessage());
    return command.getCommandSpec().exitCodeOnExecutionException();
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"gateway " + (version == null ? "unbuilt" : version)};
    }
  }
}
