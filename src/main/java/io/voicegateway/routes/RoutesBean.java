package io.voicegateway.routes;

import io.voicegateway.call.Managed;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jmx.export.annotation.ManagedAttribute;
import org.springframework.jmx.export.annotation.ManagedOperation;
import org.springframework.jmx.export.annotation.ManagedResource;
import org.springframework.stereotype.Component;

/** What is served of the routes' folder in JMX. */
@Component
@ManagedResource(
    objectName = "io.voicegateway:type=Routes",
    description = "The routes that are served, and the edits that are not")
public final class RoutesBean implements Managed {

  private final RoutesReport report;
  private final EditWatch edits;

  RoutesBean(RoutesReport report, EditWatch edits) {
    this.report = report;
    this.edits = edits;
  }

  @ManagedAttribute(description = "Since when they are served as they are")
  public String getSince() {
    return report.report().since().toString();
  }

  @ManagedAttribute(description = "Their files, each with its routes and their states")
  public List<String> getServed() {
    return report.report().files().stream().map(one -> one.file() + " " + one.routes()).toList();
  }

  @ManagedAttribute(
      description = "What is wrong with the last edit of the routes, if it is not served")
  public String getRejected() {
    return words(report.report().rejected());
  }

  @ManagedAttribute(
      description = "What is wrong with the last edit of the number plan, if it is not served")
  public String getPlanRejected() {
    return words(report.report().planRejected());
  }

  @ManagedOperation(
      description = "Tries now to serve what is written, also an edit that was rejected before")
  public List<String> reload() {
    edits.lookNow();
    return List.of("routes: " + outcome(getRejected()), "plan: " + outcome(getPlanRejected()));
  }

  private static String outcome(String rejected) {
    return rejected.isEmpty() ? "served" : "rejected, " + rejected;
  }

  private static String words(@Nullable RejectedEdit edit) {
    return edit == null ? "" : "%s:%d: %s".formatted(edit.file(), edit.line(), edit.problem());
  }
}
