package io.voicegateway.console;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which running gateway a command asks for its calls. */
final class GatewayOptions {

  @Option(
      names = "--url",
      defaultValue = "http://127.0.0.1:${env:PORT:-3000}",
      description = "the gateway's address (${DEFAULT-VALUE})")
  private String url = "";

  @Mixin private LoginOptions login = new LoginOptions();

  /**
   * Questions to it.
   *
   * @param full whether numbers are wanted whole
   * @param project whose calls are wanted, empty for all
   */
  CallQuestions questions(boolean full, String project) {
    return new CallQuestions(login.client(url), full, project);
  }
}
