package io.voicegateway.console;

import io.voicegateway.operator.KeptPassword;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The operator's login at a running gateway. */
final class LoginOptions {

  private static final Set<String> HERE = Set.of("127.0.0.1", "localhost", "[::1]");

  @Option(names = "--user", defaultValue = "${env:OPS_USER:-ops}", hidden = true)
  private String user = "";

  @Option(names = "--password", defaultValue = "${env:OPS_PASSWORD:-}", hidden = true)
  private String password = "";

  @Option(names = "--password-file", defaultValue = "data/ops-password", hidden = true)
  private Path file = Path.of("");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /**
   * A client with this login; without a password with the one that the gateway here made.
   *
   * @throws ParameterException when the address is none
   */
  GatewayClient client(String url) {
    try {
      boolean kept = password.isEmpty() && isHere(URI.create(url).getHost());
      return new GatewayClient(url, user, kept ? KeptPassword.read(file) : password);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), "--url must be http(s)://host:port", wrong);
    }
  }

  /** No other machine is shown what this one keeps. */
  private static boolean isHere(@Nullable String host) {
    return host != null && HERE.contains(host);
  }
}
