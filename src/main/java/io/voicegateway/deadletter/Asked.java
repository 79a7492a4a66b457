package io.voicegateway.deadletter;

import io.voicegateway.call.Mask;
import io.voicegateway.call.TlsFault;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.hc.core5.http.NoHttpResponseException;

/** Whom a step asked, by the name that operators know, and how he failed. */
final class Asked {

  /** As a property of a failed exchange, before the failure's own steps ask others. */
  static final String PROPERTY = "asked";

  /** Endpoints whose address is a setting. */
  private static final Map<String, String> SETTINGS =
      Map.of("http://call-events", "CALL_EVENTS_URL");

  private Asked() {}

  /** Its setting, or its kind and host; an address may hold a password, and numbers in its path. */
  static String by(Exchange exchange) {
    String kept = exchange.getProperty(PROPERTY, String.class);
    return kept == null
        ? named(exchange.getProperty(ExchangePropertyKey.TO_ENDPOINT, "", String.class))
        : kept;
  }

  private static String named(String endpoint) {
    String address = endpoint.split("\\?", 2)[0];
    return SETTINGS.getOrDefault(address, host(address));
  }

  private static String host(String address) {
    try {
      URI uri = new URI(address);
      return uri.getHost() == null || "direct".equals(uri.getScheme())
          ? "the step"
          : Mask.text(uri.getScheme() + "://" + uri.getHost());
    } catch (URISyntaxException odd) {
      return "the step";
    }
  }

  /** A sentence; empty when it is no failure of one who was asked. */
  static Optional<String> failure(String asked, Exception failure) {
    if (failure instanceof HttpOperationFailedException refused) {
      return Optional.of(asked + " answered HTTP " + refused.getStatusCode());
    }
    return failure instanceof IOException broken
        ? Optional.of(asked + " " + words(broken))
        : Optional.empty();
  }

  private static String words(IOException broken) {
    if (broken instanceof InterruptedIOException) {
      return "did not answer in time";
    }
    if (broken instanceof UnknownHostException) {
      return "did not answer: its host has no address";
    }
    if (broken instanceof ConnectException) {
      boolean refused = String.valueOf(broken.getMessage()).contains("refused");
      return "did not answer: " + (refused ? "connection refused" : "no way leads there");
    }
    if (broken instanceof NoHttpResponseException || broken instanceof SocketException) {
      return "broke the connection off";
    }
    return TlsFault.words(broken)
        .map(fault -> "did not answer: " + fault)
        .orElse("failed (" + broken.getClass().getSimpleName() + ")");
  }
}
