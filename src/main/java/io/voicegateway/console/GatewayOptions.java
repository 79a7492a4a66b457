package io.voicegateway.console;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which running gateway a command asks, and the operator's login there. */
final class GatewayOptions {

  @Option(
      names = "--url",
      defaultValue = "http://127.0.0.1:${env:PORT:-3000}",
      description = "the gateway's address (${DEFAULT-VALUE})")
  private String url = "";

  @Option(names = "--user", defaultValue = "${env:OPS_USER:-ops}", hidden = true)
  private String user = "";

  @Option(names = "--password", defaultValue = "${env:OPS_PASSWORD:-}", hidden = true)
  private String password = "";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /**
   * Questions to it.
   *
   * @param full whether numbers are wanted whole
   * @throws ParameterException when its address is none
   */
  CallQuestions questions(boolean full) {
    try {
      return new CallQuestions(url, user, password, full);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), "--url must be http(s)://host:port", wrong);
    }
  }
}
