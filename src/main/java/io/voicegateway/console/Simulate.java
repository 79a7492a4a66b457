package io.voicegateway.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

  @Mixin private RehearsalOptions options = new RehearsalOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    byte[] hook = hook();
    return options.rehearse(true, rehearsal -> rehearsal.post(hook));
  }

  private byte[] hook() {
    try {
      return file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
    } catch (IOException unreadable) {
      throw new ParameterException(spec.commandLine(), "cannot read " + file);
    }
  }
}
