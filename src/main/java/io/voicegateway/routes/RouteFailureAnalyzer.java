package io.voicegateway.routes;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Says in words which route stops the start, where Camel would print a stack of causes. */
final class RouteFailureAnalyzer implements FailureAnalyzer {

  @Override
  public @Nullable FailureAnalysis analyze(Throwable failure) {
    Throwable last = null;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause.getClass().getName().startsWith("org.apache.camel.")) {
        last = cause;
      }
    }
    return last == null
        ? null
        : new FailureAnalysis(
            "A route cannot be loaded: " + last.getMessage(),
            "Mend the file in the routes folder, then try: ./gateway routes check",
            failure);
  }
}
