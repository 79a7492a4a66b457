package io.voicegateway;

import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.lang.Nullable;

/**
 * Lets of Camel's auto-configurations in what the gateway uses. The others, of vaults, clouds and
 * components without a setting here, would only take a start's time; their components work without.
 * Hooks come in by Vert.x, see CallHookEngine, so Camel's way by servlets is none of them.
 */
final class NeededAutoConfigurations implements AutoConfigurationImportFilter {

  private static final String CAMEL = "org.apache.camel.";
  private static final List<String> NEEDED =
      List.of(
          "CamelAutoConfiguration",
          "CamelHealthCheckAutoConfiguration",
          "CamelMetricsAutoConfiguration",
          "DirectComponentAutoConfiguration",
          "HttpComponentAutoConfiguration",
          "JacksonDataFormatAutoConfiguration",
          "MicrometerComponentAutoConfiguration",
          "PlatformHttpComponentAutoConfiguration");

  @Override
  public boolean[] match(String[] names, AutoConfigurationMetadata metadata) {
    boolean[] needed = new boolean[names.length];
    for (int name = 0; name < names.length; name++) {
      needed[name] = isNeeded(names[name]);
    }
    return needed;
  }

  private static boolean isNeeded(@Nullable String name) {
    return name == null
        || !name.startsWith(CAMEL)
        || NEEDED.contains(name.substring(name.lastIndexOf('.') + 1));
  }
}
