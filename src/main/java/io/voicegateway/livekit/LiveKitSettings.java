package io.voicegateway.livekit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How we reach LiveKit's API.
 *
 * @param url ws(s) or http(s) address as LiveKit shows it
 * @param apiKey key of the project
 * @param apiSecret secret of the key
 * @param deadline for one request in all, from the first look-up to the last byte
 */
@ConfigurationProperties("gateway.livekit")
record LiveKitSettings(
    String url, String apiKey, String apiSecret, @DefaultValue("2s") Duration deadline) {

  /** The API's address: LiveKit shows {@code wss://}, its API speaks {@code https://}. */
  String apiUrl() {
    String http =
        url.strip().replaceFirst("(?i)^wss://", "https://").replaceFirst("(?i)^ws://", "http://");
    return http.endsWith("/") ? http : http + "/";
  }
}
