package io.voicegateway.admission;

import io.voicegateway.call.Mask;
import io.voicegateway.call.NumberFormat;
import io.voicegateway.call.NumberPlan;
import io.voicegateway.call.OutageSwitch;
import io.voicegateway.operator.Refusal;
import io.voicegateway.project.Projects;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Shows and throws the outage switches for operators. */
@Component
public final class OutageDesk {

  private static final Pattern NUMBER = Pattern.compile("[+#A-Za-z0-9._-]{1,64}");
  private static final int BAD_REQUEST = 400;

  private final Outages outages;
  private final NumberPlan plan;
  private final Projects projects;

  OutageDesk(Outages outages, NumberPlan plan, Projects projects) {
    this.projects = projects;
    this.outages = outages;
    this.plan = plan;
  }

  /** Those that are on, that of all numbers first. */
  public List<OutageSwitch> switchedOn() {
    return outages.switchedOn();
  }

  /** False while other gateways do not know of what was thrown here. */
  public boolean isWritten() {
    return outages.isWritten();
  }

  /** The projects that have a switch of their own. */
  public List<String> projects() {
    return projects.areSeveral() ? List.copyOf(projects.names()) : List.of();
  }

  /**
   * Whose switch is meant.
   *
   * @param number in any form of its country, * for all
   * @throws Refusal when it is no number
   */
  public String ofNumber(String number) {
    String text = number.strip();
    if (text.equals(OutageSwitch.ALL)) {
      return text;
    }
    String known = NumberFormat.party(text, plan.choose(text).country()).number();
    if (!NUMBER.matcher(known).matches()) {
      throw new Refusal(BAD_REQUEST, "number must be one number of ours, or * for all.");
    }
    return known;
  }

  /**
   * Whose switch is meant.
   *
   * @throws Refusal when there is no such project
   */
  public String ofProject(@Nullable String name) {
    if (name == null || projects.find(name).isEmpty()) {
      throw new Refusal(
          BAD_REQUEST, "project must be one of " + String.join(", ", projects.names()) + ".");
    }
    return OutageSwitch.ofProject(name);
  }

  /**
   * What whoever throws a switch may not think of: that a number stands in no entry of the plan, or
   * that other switches stay on; empty for nothing.
   *
   * @param whose what {@link #ofNumber} or {@link #ofProject} says
   */
  public String hint(String whose, boolean on) {
    boolean isAll = whose.equals(OutageSwitch.ALL);
    if (on) {
      boolean isNumber = !isAll && OutageSwitch.projectOf(whose) == null;
      return isNumber && plan.choose(whose).equals(plan.rest())
          ? Mask.tail(whose) + " is not in the number plan; switched anyway."
          : "";
    }
    String others =
        switchedOn().stream()
            .filter(one -> !one.number().equals(whose))
            .map(OutageSwitch::label)
            .collect(Collectors.joining(", "));
    return isAll && !others.isEmpty() ? "These stay on: " + others + "." : "";
  }

  /**
   * Throws a switch.
   *
   * @param whose what {@link #ofNumber} or {@link #ofProject} says
   * @param by the operator
   */
  public void set(String whose, boolean on, String by) {
    outages.set(whose, on, by);
  }
}
