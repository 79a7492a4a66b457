package io.voicegateway.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Shows what the routes, as they are or as edited, would do with a hook; LiveKit and Jambonz are
 * not touched.
 */
@Command(
    name = "simulate",
    description = "Plays a stored or hand-written hook through the routes and shows what they do.",
    mixinStandardHelpOptions = true)
final class Simulate implements Callable<Integer> {

  @Parameters(
      paramLabel = "FILE",
      description = "the hook's JSON, or a dead letter's file; - for standard input")
  private String file = "";

  @Option(
      names = "--to",
      paramLabel = "PATH",
      description =
          "the address that Jambonz posted it to, with its query: /livekit-api/dial?then=… (${DEFAULT-VALUE})")
  private String path = "/livekit-api";

  @Mixin private RehearsalOptions options = new RehearsalOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    byte[] hook = hook();
    return options.rehearse(true, rehearsal -> rehearsal.explained(path, hook));
  }

  /** The file's bytes, or those that a dead letter holds. */
  private byte[] hook() {
    try {
      byte[] bytes =
          file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
      return StoredHook.in(bytes);
    } catch (IOException unreadable) {
      throw new ParameterException(spec.commandLine(), "cannot read " + file);
    }
  }
}
