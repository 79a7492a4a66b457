package io.voicegateway.console;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The operator's login at a running gateway. */
final class LoginOptions {

  @Option(names = "--user", defaultValue = "${env:OPS_USER:-ops}", hidden = true)
  private String user = "";

  @Option(names = "--password", defaultValue = "${env:OPS_PASSWORD:-}", hidden = true)
  private String password = "";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /**
   * A client with this login.
   *
   * @throws ParameterException when the address is none
   */
  GatewayClient client(String url) {
    try {
      return new GatewayClient(url, user, password);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), "--url must be http(s)://host:port", wrong);
    }
  }
}
