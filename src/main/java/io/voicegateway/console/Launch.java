package io.voicegateway.console;

import io.voicegateway.Gateway;
import io.voicegateway.SettingsCheck;
import io.voicegateway.operator.OperatorPassword;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the gateway for a command. */
final class Launch {

  /**
   * Nothing real is touched: the sandbox instead of LiveKit, no Jambonz that could sign, nobody who
   * is told of calls, and a record that is gone afterwards.
   */
  static final Map<String, Object> ON_SANDBOX =
      Map.of(
          "gateway.livekit.url", "",
          "gateway.jambonz.webhook-secrets", "",
          "gateway.jambonz.public-url", "",
          "gateway.jambonz-api.url", "",
          "gateway.jambonz-api.account-sid", "",
          "gateway.jambonz-api.key", "",
          "gateway.call-events.told", "false",
          "gateway.records.url", "jdbc:h2:mem:rehearsal-" + ProcessHandle.current().pid());

  private static final Set<String> LOG_FORMATS = Set.of("", "ecs", "logstash", "gelf");

  private Launch() {}

  /**
   * The running gateway. Wrong settings end the program with a line for each.
   *
   * @param overrides settings that win over everything else
   */
  static ConfigurableApplicationContext gateway(Map<String, Object> overrides) {
    stopOnWrongLogFormat();
    SpringApplication application = new SpringApplication(Gateway.class);
    application.addListeners(Launch::stopOnWrongSettings);
    try {
      return application.run(words(overrides));
    } catch (RuntimeException failure) {
      throw StopReason.of(failure);
    }
  }

  /**
   * Another gateway in the program of a running one, whose log and end it leaves alone.
   *
   * @throws IllegalStateException when settings are wrong, with a sentence for each
   */
  static ConfigurableApplicationContext inside(Map<String, Object> overrides) {
    SpringApplication application = new SpringApplication(Gateway.class);
    application.setListeners(
        application.getListeners().stream()
            .filter(listener -> !(listener instanceof LoggingApplicationListener))
            .toList());
    application.addListeners(Launch::refuseWrongSettings);
    application.setRegisterShutdownHook(false);
    return application.run(words(overrides));
  }

  /** Tells the operator where he logs in, not by the log, which others read and keep. */
  static void tellLogin(ConfigurableApplicationContext context) {
    String notice = context.getBean(OperatorPassword.class).notice();
    if (!notice.isEmpty()) {
      System.out.println(notice);
    }
  }

  private static String[] words(Map<String, Object> overrides) {
    return overrides.entrySet().stream()
        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
        .toArray(String[]::new);
  }

  /** Where it serves, for programs on this machine. */
  static String address(ConfigurableApplicationContext context) {
    return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.gateway.port");
  }

  /** Where its console is, for browsers on this machine. */
  static String console(ConfigurableApplicationContext context) {
    return "http://127.0.0.1:%s/"
        .formatted(context.getEnvironment().getProperty("local.server.port"));
  }

  /** Looked at by itself, because Spring's log would fail before any settings could be. */
  private static void stopOnWrongLogFormat() {
    logFormatProblem()
        .ifPresent(
            problem -> {
              System.err.println("gateway: " + problem);
              System.exit(1);
            });
  }

  /** What is wrong with LOG_FORMAT, a sentence. */
  static Optional<String> logFormatProblem() {
    return LOG_FORMATS.contains(System.getenv().getOrDefault("LOG_FORMAT", ""))
        ? Optional.empty()
        : Optional.of("LOG_FORMAT must be ecs, logstash or gelf, or not be set at all for text");
  }

  private static void stopOnWrongSettings(Object event) {
    List<String> problems = problems(event);
    problems.forEach(problem -> System.err.println("gateway: " + problem));
    if (!problems.isEmpty()) {
      System.exit(1);
    }
  }

  private static void refuseWrongSettings(Object event) {
    List<String> problems = problems(event);
    if (!problems.isEmpty()) {
      throw new IllegalStateException(String.join("; ", problems));
    }
  }

  /** What is wrong with the settings, as soon as they are known. */
  private static List<String> problems(Object event) {
    return event instanceof ApplicationEnvironmentPreparedEvent prepared
        ? SettingsCheck.problems(prepared.getEnvironment())
        : List.of();
  }
}
