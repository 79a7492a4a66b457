package io.voicegateway.console;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which running gateway a command talks to by its management port. */
final class ManagementOptions {

  @Option(
      names = "--url",
      defaultValue = "http://127.0.0.1:${env:MANAGEMENT_PORT:-3001}",
      description = "address of the gateway's management port (${DEFAULT-VALUE})")
  private String url = "";

  @Mixin private LoginOptions login = new LoginOptions();

  GatewayClient client() {
    return login.client(url);
  }
}
