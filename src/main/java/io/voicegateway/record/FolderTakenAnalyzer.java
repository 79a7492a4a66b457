package io.voicegateway.record;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says that a second gateway was started in the folder of a first. */
final class FolderTakenAnalyzer extends AbstractFailureAnalyzer<FolderLock.Taken> {

  @Override
  protected FailureAnalysis analyze(Throwable failure, FolderLock.Taken taken) {
    return new FailureAnalysis(
        "Another gateway keeps its calls in " + taken.folder() + ":",
        "stop it, start this one in another folder, or give both the same DATABASE_URL.",
        taken);
  }
}
