package io.voicegateway.jambonz.rest;

import io.voicegateway.call.InTurn;
import io.voicegateway.call.record.CallProjects;
import io.voicegateway.project.JambonzAccount;
import io.voicegateway.project.Project;
import io.voicegateway.project.Projects;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The API of each Jambonz account. A call is looked for in the account of its project first: a
 * number may have another project than its account has.
 */
@Component("jambonzApis")
public final class JambonzApis {

  private final Map<JambonzAccount, JambonzApi> byAccount = new LinkedHashMap<>();
  private final Projects projects;
  private final CallProjects calls;

  JambonzApis(Projects projects, CallProjects calls) {
    this.projects = projects;
    this.calls = calls;
    projects
        .all()
        .forEach(project -> byAccount.computeIfAbsent(project.jambonz(), JambonzApi::new));
  }

  /** Whether the API of some account is set. */
  public boolean isSet() {
    return byAccount.values().stream().anyMatch(JambonzApi::isSet);
  }

  /** That of an account, as a hook names it. */
  public JambonzApi ofAccount(@Nullable String accountSid) {
    return of(projects.ofAccount(accountSid));
  }

  /**
   * Ends a call.
   *
   * @return false when no account knows such a call, or none has its API set
   * @throws JambonzFailure when Jambonz did not answer as it should
   */
  public boolean endCall(@Header("call_sid") String callSid) {
    return done(callSid, api -> api.endCall(callSid));
  }

  /**
   * Lets a call ask another hook what to do now.
   *
   * @return false when no account has such a call under way
   * @throws JambonzFailure when Jambonz did not answer as it should
   */
  public boolean redirect(String callSid, Hook hook) {
    return done(callSid, api -> api.redirect(callSid, hook));
  }

  private boolean done(String callSid, Predicate<JambonzApi> request) {
    return InTurn.first(
            inTurn(callSid),
            JambonzFailure.class,
            api -> request.test(api) ? Optional.of(api) : Optional.empty())
        .isPresent();
  }

  private Set<JambonzApi> inTurn(String callSid) {
    if (byAccount.size() == 1) {
      return Set.copyOf(byAccount.values());
    }
    Stream<JambonzApi> own = calls.projectOf(callSid).map(projects::of).map(this::of).stream();
    Set<JambonzApi> all = new LinkedHashSet<>(own.toList());
    all.addAll(List.copyOf(byAccount.values()));
    all.removeIf(api -> !api.isSet());
    return all;
  }

  private JambonzApi of(Project project) {
    return Objects.requireNonNull(byAccount.get(project.jambonz()));
  }
}
