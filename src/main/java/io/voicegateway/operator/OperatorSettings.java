package io.voicegateway.operator;

import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may log in.
 *
 * @param password the operator's, empty for one that the gateway makes
 * @param viewerPassword empty for no viewer
 * @param passwordFile where a password that the gateway made is kept
 * @param trustedProxies addresses and networks whose word on who asks is taken
 */
@ConfigurationProperties("gateway.ops")
record OperatorSettings(
    @DefaultValue("ops") String user,
    @DefaultValue("") String password,
    @DefaultValue("viewer") String viewerUser,
    @DefaultValue("") String viewerPassword,
    @DefaultValue("data/ops-password") Path passwordFile,
    @DefaultValue List<String> trustedProxies) {

  @Override
  public String toString() {
    return "operator " + user;
  }
}
