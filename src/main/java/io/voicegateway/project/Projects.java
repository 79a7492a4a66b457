package io.voicegateway.project;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All projects: that of the environment variables, and those that {@code gateway.projects} lists.
 */
public final class Projects {

  private final Project standard;
  private final Map<String, Project> byName = new LinkedHashMap<>();

  /**
   * @param all the one of the environment variables first
   */
  public Projects(List<Project> all) {
    standard = all.get(0);
    all.forEach(project -> byName.put(project.name(), project));
  }

  /** The one that the environment variables describe. */
  public Project standard() {
    return standard;
  }

  /** All of them, that of the environment variables first. */
  public List<Project> all() {
    return List.copyOf(byName.values());
  }

  public Set<String> names() {
    return byName.keySet();
  }

  /** Who answers the numbers of listed projects that name no agent. */
  public Set<String> agents() {
    return all().stream()
        .filter(project -> !project.isStandard())
        .map(Project::agent)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether there is more than one, so that it matters which. */
  public boolean areSeveral() {
    return byName.size() > 1;
  }

  /** Whether a webhook shows that it is from this one: a sandbox stands for all of them. */
  public boolean isToldApart(String name) {
    String key = of(name).livekit().apiKey();
    return areSeveral()
        && all().stream().filter(project -> project.livekit().apiKey().equals(key)).count() == 1;
  }

  public Optional<Project> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** The project of that name; that of the environment variables when it is gone. */
  public Project of(String name) {
    return find(name).orElseGet(this::standard);
  }

  /** The project whose Jambonz account that is; that of the environment variables for any other. */
  public Project ofAccount(@Nullable String accountSid) {
    return all().stream()
        .filter(project -> project.jambonz().accountSid().equals(accountSid))
        .findFirst()
        .orElseGet(this::standard);
  }

  /**
   * Whether the calls of a Jambonz account may come into a project. Those of an account that a
   * listed project has for itself may not be dialled into the project of another account: its SIP
   * login stands in the verbs, and whoever holds the account's secret makes its hooks. The account
   * of the environment variables is that of the gateway's own operator.
   */
  public boolean mayTake(@Nullable String accountSid, Project project) {
    JambonzAccount theirs = ofAccount(accountSid).jambonz();
    return theirs.equals(standard.jambonz()) || theirs.equals(project.jambonz());
  }

  /** Whether a project's LiveKit rings back into the Jambonz account: no other has the caller. */
  public boolean ringsBackInto(@Nullable String accountSid, Project project) {
    return !project.trunk().isEmpty() && ofAccount(accountSid).jambonz().equals(project.jambonz());
  }
}
