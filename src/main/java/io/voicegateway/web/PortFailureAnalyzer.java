package io.voicegateway.web;

import java.net.SocketException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServerException;
import org.springframework.core.annotation.Order;

/** Says which port stops the start, and which setting chose it. */
@Order(0)
final class PortFailureAnalyzer implements FailureAnalyzer {

  @Override
  public @Nullable FailureAnalysis analyze(Throwable failure) {
    SocketException refusal = find(SocketException.class, failure);
    if (refusal == null) {
      return null;
    }
    NoPublicPort open = find(NoPublicPort.class, failure);
    if (open != null) {
      return analysis("Port " + open.port(), "", refusal);
    }
    PortInUseException management = find(PortInUseException.class, failure);
    if (management != null) {
      return analysis("Port " + management.getPort(), "MANAGEMENT_", refusal);
    }
    return find(WebServerException.class, failure) == null
        ? null
        : analysis("The management port", "MANAGEMENT_", refusal);
  }

  private static FailureAnalysis analysis(String port, String prefix, SocketException refusal) {
    String why = String.valueOf(refusal.getMessage());
    return why.contains("in use")
        ? new FailureAnalysis(
            port + " is taken:",
            "stop what listens there, or set " + prefix + "PORT to another one.",
            refusal)
        : new FailureAnalysis(
            "%s cannot be opened (%s):".formatted(port, why),
            "correct %1$sPORT or %1$sADDRESS.".formatted(prefix),
            refusal);
  }

  private static <T> @Nullable T find(Class<T> type, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    return null;
  }
}
