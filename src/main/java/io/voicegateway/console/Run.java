package io.voicegateway.console;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Serves until it is stopped. */
@Command(
    name = "run",
    description = "Serves calls until it is stopped (the default).",
    mixinStandardHelpOptions = true)
final class Run implements Callable<Integer> {

  /** Not an exit code: the server's threads keep the program alive. */
  static final int STAYS_UP = -1;

  @Override
  public Integer call() {
    Launch.tellLogin(Launch.gateway(Map.of()));
    return STAYS_UP;
  }
}
