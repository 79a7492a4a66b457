package io.voicegateway.outbound;

import io.voicegateway.call.PlanEntry;
import io.voicegateway.operator.Refusal;
import io.voicegateway.project.Project;
import io.voicegateway.project.Projects;
import io.voicegateway.project.SettingNames;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** From whose LiveKit calls are placed. */
@Component
final class OrderProjects {

  private static final String PROJECT = "project";
  private static final int NOT_SET = 501;

  private final Projects projects;

  OrderProjects(Projects projects) {
    this.projects = projects;
  }

  /** The fields of an order, with the project's where there are several. */
  Set<String> withTheirs(Set<String> fields) {
    Set<String> all = new TreeSet<>(fields);
    if (projects.areSeveral()) {
      all.add(PROJECT);
    }
    return all;
  }

  /**
   * A number's entry in the project of an order, else in its own.
   *
   * @throws Refusal when there is no such project, or its LiveKit has no way to call anybody
   */
  PlanEntry placed(PlanEntry number, Order order) {
    Project project = project(number, order);
    refuseWithoutTrunk(List.of(project));
    return projects.areSeveral() ? number.in(project) : number;
  }

  private Project project(PlanEntry number, Order order) {
    if (!order.has(PROJECT)) {
      return number.project() == null ? projects.standard() : projects.of(number.project());
    }
    return projects
        .find(order.text(PROJECT))
        .orElseThrow(
            () ->
                Order.wrong("project must be one of " + String.join(", ", projects.names()) + "."));
  }

  /**
   * No LiveKit may have a way to call anybody.
   *
   * @throws Refusal when that is so
   */
  void refuseWithoutTrunk() {
    refuseWithoutTrunk(projects.all());
  }

  /** The same of one project's. */
  void refuseWithoutTrunk(String project) {
    refuseWithoutTrunk(List.of(projects.of(project)));
  }

  private static void refuseWithoutTrunk(List<Project> oneOf) {
    if (oneOf.stream().allMatch(project -> project.trunk().isEmpty())) {
      SettingNames names = new SettingNames(oneOf.get(0).name());
      throw new Refusal(
          NOT_SET,
          names.words(
              "LiveKit cannot call anybody: set LIVEKIT_OUTBOUND_TRUNK, see ./gateway setup --jambonz."));
    }
  }
}
