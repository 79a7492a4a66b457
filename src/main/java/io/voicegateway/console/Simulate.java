package io.voicegateway.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what the current routes would do with a hook; LiveKit and Jambonz are not touched. */
@Command(
    name = "simulate",
    description = "Plays a stored or hand-written hook through the routes and shows what they do.",
    mixinStandardHelpOptions = true)
final class Simulate implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "the hook's JSON; - for standard input")
  private String file = "";

  @Option(
      names = "--routes",
      paramLabel = "DIR",
      defaultValue = "routes",
      description = "the routes to try")
  private Path routes = Path.of("routes");

  @Option(names = "--json", description = "one JSON object instead of text")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    try (Rehearsal rehearsal = Rehearsal.of(routes)) {
      Rehearsal.Answer answer = rehearsal.post(hook());
      answer.print(System.out, json);
      return answer.isPlayable() ? 0 : 1;
    }
  }

  private byte[] hook() {
    try {
      return file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
    } catch (IOException unreadable) {
      throw new ParameterException(spec.commandLine(), "cannot read " + file);
    }
  }
}
