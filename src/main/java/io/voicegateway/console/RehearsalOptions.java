package io.voicegateway.console;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all commands have in common that play a hook through the routes. */
final class RehearsalOptions {

  @Option(
      names = "--routes",
      paramLabel = "DIR",
      defaultValue = "${env:ROUTES:-routes}",
      description = "the folder with the routes (${DEFAULT-VALUE})")
  private Path routes = Path.of("routes");

  @Option(names = "--json", description = "one JSON object instead of text")
  private boolean json;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /** What is played. */
  @FunctionalInterface
  interface Rehearsed {
    Rehearsal.Answer by(Rehearsal rehearsal) throws Exception;
  }

  /**
   * Plays a hook and prints what came back. The exit code is 0 when Jambonz would run it and no
   * step failed.
   *
   * @param limited whether the plan's limits count
   * @param rehearsed gives the answer
   */
  int rehearse(boolean limited, Rehearsed rehearsed) throws Exception {
    if (!Files.isDirectory(routes)) {
      throw new ParameterException(spec.commandLine(), "no folder " + routes);
    }
    try (Rehearsal rehearsal = Rehearsal.of(routes, json, limited)) {
      Rehearsal.Answer answer = rehearsed.by(rehearsal);
      answer.print(System.out, json);
      return answer.isPlayable() ? 0 : 1;
    } catch (StopReason.NotStarted notStarted) {
      if (!json) {
        throw notStarted;
      }
      Rehearsal.Answer.missing(String.valueOf(notStarted.getMessage())).print(System.out, true);
      return 1;
    }
  }
}
