package io.voicegateway.deadletter;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.voicegateway.call.Mask;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.jspecify.annotations.Nullable;

/** Failures in words. What others throw may hold the hook's own data: only its kind is told. */
public final class Failures {

  private static final int MOST_FRAMES = 12;
  private static final int LONGEST_CAUSE = 500;

  private Failures() {}

  /** Why an exchange failed, in one sentence that is fit for logs. */
  public static String cause(Exchange exchange) {
    Exception failure = of(exchange);
    String foreseen = foreseen(exchange, failure);
    return shortened(
        foreseen == null ? "unforeseen: " + failure.getClass().getSimpleName() : foreseen);
  }

  /** Also once it is handled. */
  static Exception of(Exchange exchange) {
    Exception thrown = exchange.getException();
    return thrown == null
        ? exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Exception.class)
        : thrown;
  }

  /** Letters are counted by their causes, so none is longer than an index can hold. */
  static String shortened(String cause) {
    return cause.length() > LONGEST_CAUSE ? cause.substring(0, LONGEST_CAUSE) + "…" : cause;
  }

  private static @Nullable String foreseen(Exchange exchange, Exception failure) {
    if (failure instanceof CallNotPermittedException) {
      return "LiveKit failed for most of the last calls and is not asked for some seconds";
    }
    if (failure instanceof RejectedExecutionException) {
      return "the gateway ended before it was tried again";
    }
    return isOurs(failure)
        ? Mask.text(String.valueOf(failure.getMessage()))
        : Asked.failure(Asked.by(exchange), failure).orElse(null);
  }

  /** Where it happened, without any message, for what nobody foresaw. */
  static String frames(Exchange exchange) {
    Exception failure = of(exchange);
    if (foreseen(exchange, failure) != null) {
      return "";
    }
    StringBuilder lines = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      lines.append("\n  ").append(cause.getClass().getName());
      Stream.of(cause.getStackTrace())
          .limit(MOST_FRAMES)
          .forEach(frame -> lines.append("\n    at ").append(frame));
    }
    return lines.toString();
  }

  private static boolean isOurs(Throwable failure) {
    return failure.getClass().getName().startsWith("io.voicegateway.");
  }
}
