package io.voicegateway.console;

import io.voicegateway.project.Project;
import io.voicegateway.project.ProjectSettings;
import io.voicegateway.project.SettingNames;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which of several projects a command is about. */
final class ProjectOption {

  @Option(
      names = "--project",
      paramLabel = "NAME",
      defaultValue = Project.STANDARD,
      description =
          "a project of gateway.projects in application.yaml, instead of that of the environment"
              + " variables")
  private String name = Project.STANDARD;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /** Its name; a wrong use of the command when there is none of that name. */
  String name() {
    Set<String> known = ProjectSettings.names(Tools.settings());
    if (!known.contains(name)) {
      throw new ParameterException(
          spec.commandLine(), "--project must be one of " + String.join(", ", known));
    }
    return name;
  }

  /** The variable that is meant by the name of one of the project's settings. */
  String variable(String setting) {
    boolean isOfFirst = !name.equals(Project.STANDARD) && setting.matches("[A-Z_]+");
    return isOfFirst
        ? SettingNames.STANDARD.property(setting)
        : new SettingNames(name).variable(setting);
  }

  /** A sentence about settings, as those of the project are called. */
  String words(String sentence) {
    return new SettingNames(name).words(sentence);
  }
}
