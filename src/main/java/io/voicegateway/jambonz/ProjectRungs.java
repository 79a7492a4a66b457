package io.voicegateway.jambonz;

import io.voicegateway.call.Call;
import io.voicegateway.call.Ladder;
import io.voicegateway.call.ProjectSwitches;
import io.voicegateway.call.Rung;
import io.voicegateway.project.Project;
import io.voicegateway.project.Projects;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * Brings a caller to his agent in another project, by the way in that his number has. Where Jambonz
 * dials, the call is registered there first: when that fails too, the ladder goes on.
 */
@Component
final class ProjectRungs {

  private static final String REGISTER = "register-elsewhere";

  private final Projects projects;
  private final ProjectSwitches switches;
  private final RouteQuestions questions;
  private final DialVerbs dials;
  private final WaitingVerbs waits;

  ProjectRungs(
      Projects projects,
      ProjectSwitches switches,
      RouteQuestions questions,
      DialVerbs dials,
      WaitingVerbs waits) {
    this.projects = projects;
    this.switches = switches;
    this.questions = questions;
    this.dials = dials;
    this.waits = waits;
  }

  /**
   * Into that project; nothing when the ladder has to go on.
   *
   * @param rest what is left to try when that fails too
   * @param patience for the registration
   */
  Answer verbs(Call call, Rung.InProject rung, Ladder rest, Duration patience) {
    return projects
        .find(rung.project())
        .filter(project -> !project.name().equals(call.project()))
        .filter(project -> !switches.isProjectOff(project.name()))
        .filter(project -> projects.mayTake(call.origin().accountSid(), project))
        .map(project -> verbs(call.in(project), project, rung, rest, patience))
        .orElse(Answer.NOTHING);
  }

  private Answer verbs(
      Call there, Project project, Rung.InProject rung, Ladder rest, Duration patience) {
    if (!there.plan().dialsLiveKit()) {
      return waits.begin(there, rung.label(), rest);
    }
    boolean dialled =
        !project.sip().uri().isEmpty()
            && questions.ask(there, rung, REGISTER, patience).isPresent();
    return dialled ? dials.intoRoom(there, rung.label(), rest) : Answer.NOTHING;
  }
}
