package io.voicegateway.admission;

import io.voicegateway.call.Managed;
import io.voicegateway.operator.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.jmx.export.annotation.ManagedAttribute;
import org.springframework.jmx.export.annotation.ManagedOperation;
import org.springframework.jmx.export.annotation.ManagedOperationParameter;
import org.springframework.jmx.export.annotation.ManagedResource;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** The outage switches in JMX, their numbers masked. */
@Component
@ManagedResource(
    objectName = "io.voicegateway:type=OutageSwitches",
    description = "While one is on, its callers get the fallback and no agent")
public final class OutageBean implements Managed {

  private static final String NUMBER = "one number of ours, or * for all";

  private final OutageDesk desk;

  OutageBean(OutageDesk desk) {
    this.desk = desk;
  }

  @ManagedAttribute(description = "Those that are on, since when, and who threw them")
  public List<String> getSwitchedOn() {
    return desk.switchedOn().stream()
        .map(one -> "%s, since %s, by %s".formatted(one.label(), one.at(), one.by()))
        .toList();
  }

  @ManagedAttribute(description = "False while other gateways do not know of what was thrown here")
  public boolean isWritten() {
    return desk.isWritten();
  }

  @ManagedOperation(description = "Sends no caller of a number, or of all, to an agent")
  @ManagedOperationParameter(name = "number", description = NUMBER)
  public List<String> turnOn(String number) {
    return set(() -> desk.ofNumber(number), true);
  }

  @ManagedOperation(description = "Sends callers of a number, or of all, to their agents again")
  @ManagedOperationParameter(name = "number", description = NUMBER)
  public List<String> turnOff(String number) {
    return set(() -> desk.ofNumber(number), false);
  }

  @ManagedOperation(description = "Sends no caller of a LiveKit project to an agent there")
  @ManagedOperationParameter(name = "project", description = "its name")
  public List<String> turnProjectOn(String project) {
    return set(() -> desk.ofProject(project), true);
  }

  @ManagedOperation(description = "Sends callers of a LiveKit project to their agents again")
  @ManagedOperationParameter(name = "project", description = "its name")
  public List<String> turnProjectOff(String project) {
    return set(() -> desk.ofProject(project), false);
  }

  private List<String> set(Supplier<String> whose, boolean on) {
    try {
      desk.set(whose.get(), on, user());
    } catch (Refusal refusal) {
      throw new IllegalArgumentException(refusal.sentence(), refusal);
    }
    return getSwitchedOn();
  }

  /** Whoever logged in to the console; by JMX of this machine comes whoever may do all. */
  private static String user() {
    return Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication())
        .map(Authentication::getName)
        .orElse("jmx");
  }
}
