package io.voicegateway.call;

/** Knows which projects operators have switched off. */
@FunctionalInterface
public interface ProjectSwitches {

  /** Whether callers must not be sent to an agent in a project, whatever their number. */
  boolean isProjectOff(String project);
}
