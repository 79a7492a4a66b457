package io.voicegateway.call;

import io.voicegateway.project.Project;
import io.voicegateway.project.SettingNames;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the number plan says about a called number.
 *
 * @param number the E.164 number, a SIP user name, a prefix that ends in {@code *}, or {@code *}
 * @param project whose LiveKit takes its calls; null for that of the Jambonz account
 * @param agent name under which the agent's worker registers with LiveKit
 * @param agentFrom who said that
 * @param backupAgent name of the agent that is asked to come when that one does not; null for none
 * @param connect how the caller is brought into his room
 * @param fallback what the caller gets when the agent cannot be reached
 * @param callerId number shown to the agent's side and to persons; null for the caller's own
 * @param dialTimeoutSeconds how long the agent's side may ring
 * @param longestSeconds how long the talk may last
 * @param ringback what the caller hears meanwhile: a FreeSWITCH tone or a sound's address
 * @param headers further {@code X-} headers of the INVITE to LiveKit
 * @param metadata further fields of the agent's metadata
 * @param country ISO 3166 code for national numbers, null for none
 * @param limits which of its callers go to the agent
 */
public record PlanEntry(
    String number,
    @Nullable String project,
    String agent,
    AgentFrom agentFrom,
    @Nullable String backupAgent,
    Connect connect,
    Ladder fallback,
    @Nullable String callerId,
    int dialTimeoutSeconds,
    int longestSeconds,
    String ringback,
    Map<String, String> headers,
    Map<String, Object> metadata,
    @Nullable String country,
    Limits limits) {

  static final String ANY = "*";

  /** Four hours, after which a call that nobody ended was forgotten. */
  private static final int LONGEST_SECONDS = 4 * 60 * 60;

  public PlanEntry {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /** The entry for every number that the plan does not name, before any setting is applied. */
  public static PlanEntry standard(String agent) {
    return new PlanEntry(
        ANY,
        null,
        agent,
        AgentFrom.SETTING,
        null,
        Connect.DIAL,
        Ladder.DEFAULT,
        null,
        20,
        LONGEST_SECONDS,
        Ringback.US.tone(),
        Map.of(),
        Map.of(),
        null,
        Limits.NONE);
  }

  /** Whether calls of this number are dialled to LiveKit at first. */
  public boolean dialsLiveKit() {
    return connect == Connect.DIAL;
  }

  /** Whether LiveKit rings back for calls of this number, at first or later. */
  public boolean letsLiveKitRingBack() {
    return connect == Connect.CALLBACK
        || fallback.rungs().stream().anyMatch(Rung.Callback.class::isInstance);
  }

  /** The same with other fields for the agent. */
  public PlanEntry withMetadata(Map<String, Object> fields) {
    return with(number, project, agent, agentFrom, fields, limits);
  }

  PlanEntry withLimits(Limits other) {
    return with(number, project, agent, agentFrom, metadata, other);
  }

  /** The same for another number, with its limits. */
  PlanEntry of(String otherNumber, Limits itsLimits) {
    return with(otherNumber, project, agent, agentFrom, metadata, itsLimits);
  }

  /** The same for numbers that name no agent: theirs is that of their project. */
  PlanEntry withAgentOfProject() {
    return with(number, project, agent, AgentFrom.SETTING, metadata, limits);
  }

  /** The same in a project, whose agent takes the calls unless the number has one of its own. */
  public PlanEntry in(Project itsProject) {
    String itsAgent = ownAgent() ? agent : itsProject.agent();
    return with(number, itsProject.name(), itsAgent, agentFrom, metadata, limits);
  }

  private PlanEntry with(
      String itsNumber,
      @Nullable String itsProject,
      String itsAgent,
      AgentFrom itsAgentFrom,
      Map<String, Object> fields,
      Limits itsLimits) {
    return new PlanEntry(
        itsNumber,
        itsProject,
        itsAgent,
        itsAgentFrom,
        backupAgent,
        connect,
        fallback,
        callerId,
        dialTimeoutSeconds,
        longestSeconds,
        ringback,
        headers,
        fields,
        country,
        itsLimits);
  }

  /**
   * Whether calls of this number may come to a project.
   *
   * @param byAccount whether those may whose number names no project
   */
  public boolean mayBeIn(String itsName, boolean byAccount) {
    return (project == null ? byAccount : project.equals(itsName))
        || fallback.projects().contains(itsName);
  }

  /** A sentence for each project that it names and that is none of these. */
  List<String> unknownProjects(Set<String> known) {
    String are = ", known are " + String.join(", ", known);
    Stream<String> itself =
        Stream.ofNullable(project)
            .filter(name -> !known.contains(name))
            .map(name -> "project: no project is called '" + Mask.text(name) + "'" + are);
    Stream<String> rungs =
        fallback.projects().stream()
            .filter(name -> !known.contains(name))
            .map(name -> "fallback: no project is called '" + name + "'" + are);
    return Stream.concat(itself, rungs).toList();
  }

  /** Whether the agent was said of the number itself, rather than of its project. */
  public boolean ownAgent() {
    return agentFrom != AgentFrom.SETTING;
  }

  /** Where an operator changes the agent's name, fit for logs. */
  public String agentSetBy() {
    return switch (agentFrom) {
      case SETTING ->
          new SettingNames(Objects.requireNonNullElse(project, Project.STANDARD))
              .words("AGENT_NAME");
      case PLAN -> "agent of entry " + label() + " in application.yaml";
      case OVERRIDE -> "agent in the Jambonz application's variables or in a route's answer";
    };
  }

  boolean isPrefix() {
    return number.endsWith(ANY);
  }

  String prefix() {
    return number.substring(0, number.length() - ANY.length());
  }

  @Override
  public String toString() {
    return "plan " + label();
  }

  /** Fit for logs: an entry for one number shows only its end. */
  public String label() {
    return isPrefix() ? number : Mask.tail(number);
  }
}
