package io.voicegateway.routes;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in words which route stops the start. */
final class RouteFailureAnalyzer extends AbstractFailureAnalyzer<InvalidRoutes> {

  @Override
  protected FailureAnalysis analyze(Throwable failure, InvalidRoutes invalid) {
    return new FailureAnalysis(
        "A route cannot be loaded: " + invalid.inOneLine() + ".",
        "Mend the file in the routes folder, then try: ./gateway routes check",
        failure);
  }
}
