package io.voicegateway.project;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How we reach LiveKit's API.
 *
 * @param url ws(s) or http(s) address as LiveKit shows it
 * @param apiKey key of the project
 * @param apiSecret secret of the key
 * @param deadline for one request in all, from the first look-up to the last byte
 * @param requestsAMinute how many requests may be made in a minute, 0 for any number; null for what
 *     LiveKit Cloud allows a project, and any number elsewhere
 */
@ConfigurationProperties("gateway.livekit")
public record LiveKitSettings(
    @DefaultValue("") String url,
    @DefaultValue("") String apiKey,
    @DefaultValue("") String apiSecret,
    @DefaultValue("2s") Duration deadline,
    @Nullable Integer requestsAMinute) {

  /** About what LiveKit Cloud lets a project ask its APIs in a minute. */
  private static final int OF_A_CLOUD_PROJECT = 1000;

  /**
   * The API's address, ending with a slash: LiveKit shows {@code wss://}, its API speaks {@code
   * https://}.
   */
  public String apiUrl() {
    String http =
        url.strip().replaceFirst("(?i)^wss://", "https://").replaceFirst("(?i)^ws://", "http://");
    return http.endsWith("/") ? http : http + "/";
  }

  /** How many requests may be made in a minute, 0 for any number. */
  public int mostRequestsAMinute() {
    if (requestsAMinute != null) {
      return requestsAMinute;
    }
    String host = URI.create(apiUrl()).getHost();
    return host != null && host.endsWith(".livekit.cloud") ? OF_A_CLOUD_PROJECT : 0;
  }

  /** Without key and secret. */
  @Override
  public String toString() {
    return "LiveKit at " + url;
  }
}
