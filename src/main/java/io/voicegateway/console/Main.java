package io.voicegateway.console;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
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
      DeadLetters.class,
      Outage.class,
      Routes.class,
      HelpCommand.class,
    })
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    int code = serves(args) ? serve() : commands().execute(args);
    if (code != Run.STAYS_UP) {
      System.exit(code);
    }
  }

  private static boolean serves(String[] args) {
    return args.length == 0 || (args.length == 1 && args[0].equals("run"));
  }

  /** A start does not wait until what describes commands is loaded. */
  private static int serve() {
    try {
      return new Run().call();
    } catch (RuntimeException failure) {
      System.err.println("gateway: " + failure.getMessage());
      return 1;
    }
  }

  static CommandLine commands() {
    return new CommandLine(new Main())
        .setParameterExceptionHandler(Main::misused)
        .setExecutionExceptionHandler(Main::failed);
  }

  /** What is wrong and where the right use stands; the whole of it would hide what is wrong. */
  private static int misused(ParameterException wrong, String[] words) {
    CommandSpec command = wrong.getCommandLine().getCommandSpec();
    PrintWriter err = wrong.getCommandLine().getErr();
    err.println("gateway: " + String.valueOf(wrong.getMessage()).replaceAll("\\s+", " "));
    err.println("./%s --help shows how it is used.".formatted(command.qualifiedName()));
    return command.exitCodeOnInvalidInput();
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
