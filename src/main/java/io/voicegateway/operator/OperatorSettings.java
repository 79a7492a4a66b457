package io.voicegateway.operator;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The operator's login.
 *
 * @param password empty for none, which shuts everybody out
 * @param open whether no login is needed while no password is set: in the sandbox
 */
@ConfigurationProperties("gateway.ops")
record OperatorSettings(
    @DefaultValue("ops") String user,
    @DefaultValue("") String password,
    @DefaultValue("false") boolean open) {

  @Override
  public String toString() {
    return "operator " + user;
  }
}
