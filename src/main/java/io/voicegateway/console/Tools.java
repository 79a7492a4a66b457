package io.voicegateway.console;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.voicegateway.SettingsCheck;
import io.voicegateway.jambonz.rest.JambonzApi;
import io.voicegateway.livekit.api.LiveKit;
import io.voicegateway.project.Project;
import io.voicegateway.project.Projects;
import io.voicegateway.project.SharedThreads;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;

/**
 * The parts of the gateway that ask LiveKit and Jambonz something, without routes, ports and
 * record: for commands that work beside a gateway that serves.
 */
@ComponentScan({
  "io.voicegateway.call",
  "io.voicegateway.doctor",
  "io.voicegateway.project",
  "io.voicegateway.setup",
})
@ConfigurationPropertiesScan({
  "io.voicegateway.call",
  "io.voicegateway.jambonz",
  "io.voicegateway.project",
})
class Tools {

  /** How tools log: to standard error, for machines read what they print. */
  static final String LOG = "classpath:logback-tools.xml";

  private static final String CHOSEN = "gateway.chosen-project";

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  MeterRegistry meters() {
    return new SimpleMeterRegistry();
  }

  /** The one that the command is about. */
  @Bean
  Project project(Projects projects, @Value("${" + CHOSEN + "}") String name) {
    return projects.of(name);
  }

  @Bean
  LiveKit livekit(Project project, SharedThreads threads, MeterRegistry meters, Clock clock) {
    return LiveKit.of(project, threads.among(1), meters, Tags.empty(), clock);
  }

  @Bean
  JambonzApi jambonz(Project project) {
    return new JambonzApi(project.jambonz());
  }

  /**
   * The tools, from the settings of a project.
   *
   * @throws MissingSettings when those are missing or wrong without which nothing can be asked
   */
  static ConfigurableApplicationContext open(String project) {
    List<String> missing = new ArrayList<>(SettingsCheck.unreachable(settings(), project));
    missing.addAll(SettingsCheck.planProblems(settings()));
    if (!missing.isEmpty()) {
      throw new MissingSettings(missing);
    }
    return openLazily(project);
  }

  /** The tools, each made when it is asked for: what a wrong setting breaks breaks then. */
  static ConfigurableApplicationContext openLazily(String project) {
    SpringApplication application = new SpringApplication(Tools.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setLazyInitialization(true);
    return application.run(
        "--logging.config=" + LOG,
        "--" + CHOSEN + "=" + project,
        "--logging.level.root=off",
        "--logging.structured.format.console=",
        "--spring.jmx.enabled=false");
  }

  /** The settings as the gateway would read them. */
  static ConfigurableEnvironment settings() {
    ConfigurableEnvironment settings = new StandardEnvironment();
    ConfigDataEnvironmentPostProcessor.applyTo(settings);
    return settings;
  }

  /** Settings without which LiveKit cannot be asked, a sentence each. */
  static final class MissingSettings extends RuntimeException {
    MissingSettings(List<String> sentences) {
      super(String.join(System.lineSeparator() + "gateway: ", sentences), null, false, false);
    }
  }
}
