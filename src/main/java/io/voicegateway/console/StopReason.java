package io.voicegateway.console;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/** Why a gateway did not start, in one line, where Spring would print a banner. */
final class StopReason implements FailureAnalysisReporter {

  private static final ThreadLocal<String> LAST = new ThreadLocal<>();

  /** A gateway that did not start for a reason that is known; its message is for the operator. */
  static final class NotStarted extends RuntimeException {
    NotStarted(String reason, Throwable cause) {
      super(reason, cause);
    }
  }

  @Override
  public void report(FailureAnalysis analysis) {
    String action = analysis.getAction() == null ? "" : " " + analysis.getAction();
    LAST.set((analysis.getDescription() + action).replaceAll("\\s+", " ").strip());
  }

  /** The failure with its reason, if that was told on this thread. */
  static RuntimeException of(RuntimeException failure) {
    @Nullable String reason = LAST.get();
    LAST.remove();
    return reason == null ? failure : new NotStarted(reason, failure);
  }
}
