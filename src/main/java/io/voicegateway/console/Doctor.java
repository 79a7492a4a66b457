package io.voicegateway.console;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.voicegateway.SettingsCheck;
import io.voicegateway.doctor.Diagnosis;
import io.voicegateway.doctor.Diagnosis.Level;
import io.voicegateway.doctor.DoctorsNote;
import io.voicegateway.doctor.Questions;
import io.voicegateway.livekit.routing.AllowedAddresses;
import io.voicegateway.livekit.routing.Invite;
import io.voicegateway.livekit.routing.OwnCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says why calls fail, or would fail. */
@Command(
    name = "doctor",
    description =
        "Looks at everything that a call needs, and says what to do about what is wrong. Changes"
            + " nothing, but for one empty room that it makes and deletes, to which no agent is"
            + " asked.",
    mixinStandardHelpOptions = true)
final class Doctor implements Callable<Integer> {

  private static final JsonMapper JSON = new JsonMapper();

  @Option(names = "--from", paramLabel = "NUMBER", description = "a call to judge: its caller")
  private @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "USER",
      description =
          "a call to judge: the called number or user, as LiveKit sees it; without it, a room of the"
              + " gateway's")
  private @Nullable String to;

  @Option(
      names = "--source-ip",
      paramLabel = "ADDRESS",
      description =
          "a call to judge: the address it comes from; without --to also that of the gateway's own"
              + " calls")
  private String sourceIp = "";

  @Option(
      names = "--probe-agent",
      description = "ask the agent into a room of its own: a real job, deleted afterwards")
  private boolean probeAgent;

  @Option(
      names = "--worker-url",
      paramLabel = "URL",
      description = "ask the agent's worker at its HTTP port, such as http://127.0.0.1:8081")
  private @Nullable String workerUrl;

  @Option(
      names = "--place-call",
      description =
          "place a real call to the SIP host, into a room without an agent, and cancel it")
  private boolean placeCall;

  @Option(
      names = "--call",
      paramLabel = "CALL_SID",
      description =
          "explain one past call: what became of it, and what of everything bears on that; asks the"
              + " gateway at --url with OPS_USER and OPS_PASSWORD")
  private @Nullable String callSid;

  @Mixin private ProjectOption project = new ProjectOption();

  @Mixin private GatewayOptions gateway = new GatewayOptions();

  @Option(
      names = "--offline",
      paramLabel = "FILE",
      description =
          "judge a case, or a list of cases, from a file with trunks, rules and invite; - for"
              + " standard input. Asks nobody")
  private @Nullable String offline;

  @Option(names = "--json", description = "JSON instead of text")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (offline != null) {
      return new OfflineCases(spec, json).judge(offline);
    }
    if (workerUrl != null && !workerUrl.matches("https?://[^/?#\\s]+/*")) {
      throw wrongUse("--worker-url must be an address such as http://127.0.0.1:8081");
    }
    if (!sourceIp.isEmpty() && !AllowedAddresses.isAddress(sourceIp)) {
      throw wrongUse("--source-ip must be an IP address");
    }
    return callSid == null ? told(everything(), note()) : explain(callSid);
  }

  private ParameterException wrongUse(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  // ---- one past call

  private int explain(String sid) throws IOException, InterruptedException {
    GatewayClient.Answer answer = gateway.questions(false, "").named(sid);
    if (answer.isNotFound() || answer.isWrongUse()) {
      throw wrongUse("--call %s: %s".formatted(sid, answer.problem()));
    }
    if (!answer.isOk()) {
      spec.commandLine().getErr().println("gateway: " + answer.problem());
      return 1;
    }
    CallDiagnosis call = new CallDiagnosis(answer.body());
    List<Diagnosis> diagnoses = new ArrayList<>(List.of(call.line()));
    if (!call.lines().isEmpty()) {
      look(call.lines()).stream().filter(call::concerns).forEach(diagnoses::add);
    }
    return told(diagnoses, DoctorsNote.ofCall(note()));
  }

  // ---- everything

  private List<Diagnosis> everything() throws InterruptedException {
    List<Diagnosis> diagnoses = new ArrayList<>(look(Set.of()));
    diagnoses.add(RoutesDiagnosis.of(Path.of(System.getenv().getOrDefault("ROUTES", "routes"))));
    return diagnoses;
  }

  /** Looks at what the lines of these names are about, at everything without any. */
  private List<Diagnosis> look(Set<String> checks) throws InterruptedException {
    Environment settings = Tools.settings();
    Set<String> problems = new LinkedHashSet<>(SettingsCheck.unreachable(settings, project.name()));
    problems.addAll(SettingsCheck.problems(settings));
    Launch.logFormatProblem().ifPresent(problems::add);
    List<Diagnosis> diagnoses = new ArrayList<>(settings(problems));
    try (ConfigurableApplicationContext tools = Tools.openLazily(project.name())) {
      tools
          .getBean(io.voicegateway.doctor.Doctor.class)
          .examine(questions(checks), namedIn(problems))
          .stream()
          .map(this::named)
          .forEach(diagnoses::add);
    }
    return diagnoses;
  }

  private int told(List<Diagnosis> diagnoses, Path note) throws IOException {
    keep(diagnoses, note);
    print(diagnoses);
    return diagnoses.stream().anyMatch(one -> one.level() == Level.PROBLEM) ? 1 : 0;
  }

  private static Path note() {
    return Path.of(Tools.settings().getRequiredProperty(DoctorsNote.FILE));
  }

  private void keep(List<Diagnosis> diagnoses, Path file) {
    try {
      new DoctorsNote(Instant.now(), diagnoses).keep(file);
    } catch (IOException notKept) {
      spec.commandLine().getErr().println("gateway: the result could not be kept in " + file);
    }
  }

  /** A source without a called user is that of the gateway's own calls. */
  private Questions questions(Set<String> checks) {
    boolean asks = to != null || from != null;
    Invite asked =
        Invite.of(
            from == null ? OwnCalls.SOMEBODY : from, to == null ? OwnCalls.ROOM : to, sourceIp);
    return new Questions(
        asks ? asked : null, to == null ? sourceIp : "", probeAgent, workerUrl, placeCall, checks);
  }

  /** Each sentence begins with its setting. */
  private Set<String> namedIn(Set<String> problems) {
    return problems.stream()
        .map(problem -> project.variable(problem.split("[ :,]", 2)[0]))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static List<Diagnosis> settings(Set<String> problems) {
    return problems.isEmpty()
        ? List.of(Diagnosis.ok("settings", "complete"))
        : problems.stream()
            .map(
                problem ->
                    Diagnosis.problem("settings", problem, "Set it right, then run it again."))
            .toList();
  }

  private void print(List<Diagnosis> diagnoses) throws IOException {
    if (json) {
      System.out.println(JSON.writeValueAsString(diagnoses));
      return;
    }
    diagnoses.forEach(this::print);
  }

  private Diagnosis named(Diagnosis one) {
    return new Diagnosis(
        one.level(), one.check(), project.words(one.words()), project.words(one.advice()));
  }

  private void print(Diagnosis one) {
    Ansi ansi = spec.commandLine().getColorScheme().ansi();
    String colour =
        switch (one.level()) {
          case OK -> "green";
          case SKIPPED -> "faint";
          case WARNING -> "yellow";
          case PROBLEM -> "red,bold";
        };
    System.out.printf(
        "%s  %s: %s%s%n",
        ansi.string("@|%s %-7s|@".formatted(colour, one.level().word())),
        Printable.line(one.check()),
        Printable.line(one.words()),
        one.advice().isEmpty()
            ? ""
            : System.lineSeparator() + "           " + Printable.line(one.advice()));
  }
}
