package io.voicegateway.console;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.voicegateway.jambonz.rest.JambonzFailure;
import io.voicegateway.livekit.api.LiveKitFailure;
import io.voicegateway.livekit.routing.AllowedAddresses;
import io.voicegateway.setup.Action;
import io.voicegateway.setup.SetupOptions;
import io.voicegateway.setup.SetupPlan;
import io.voicegateway.setup.Setups;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Brings LiveKit, and Jambonz, into the state that the gateway needs. */
@Command(
    name = "setup",
    description =
        "Shows what LiveKit and Jambonz need for the gateway's calls, and with --apply makes it."
            + " Touches its own trunk and rule only, and what you name.",
    mixinStandardHelpOptions = true)
final class Setup implements Callable<Integer> {

  private static final JsonMapper JSON = new JsonMapper();

  @Option(names = "--apply", description = "do it, and read back what was written")
  private boolean apply;

  @Option(
      names = "--adopt",
      paramLabel = "ID",
      arity = "1..*",
      description =
          "use this trunk or rule as it is, although it is not ours; or change this trunk of ours or"
              + " application, although another gateway's calls come by it")
  private Set<String> adopted = new TreeSet<>();

  @Option(
      names = "--prune",
      paramLabel = "ID",
      arity = "1..*",
      description = "delete this trunk or rule")
  private Set<String> pruned = new TreeSet<>();

  @Option(
      names = "--prune-all-inbound",
      description =
          "delete all inbound trunks and dispatch rules that are not ours: lists them, and with"
              + " --apply asks first")
  private boolean pruneAllInbound;

  @Option(names = "--yes", description = "do not ask before --prune-all-inbound")
  private boolean yes;

  @Option(
      names = "--allow",
      paramLabel = "ADDRESS",
      arity = "1..*",
      description = "let only these addresses or networks call LiveKit by the gateway's trunk")
  private List<String> allowed = new ArrayList<>();

  @Option(
      names = "--jambonz",
      description = "set up Jambonz too, by JAMBONZ_API_URL, JAMBONZ_ACCOUNT_SID, JAMBONZ_API_KEY")
  private boolean jambonz;

  @Option(
      names = "--new-login",
      description =
          "with --jambonz: give Jambonz's SIP client and LiveKit's outbound trunk a new password")
  private boolean newLogin;

  @Option(
      names = "--number",
      paramLabel = "NUMBER",
      arity = "1..*",
      description = "with --jambonz: let the calls of this number come to the gateway")
  private List<String> numbers = new ArrayList<>();

  @Mixin private ProjectOption project = new ProjectOption();

  @Option(names = "--json", description = "one JSON object instead of text")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final List<String> done = new ArrayList<>();
  private final List<String> settings = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    refuseWrongUse();
    try (ConfigurableApplicationContext tools = Tools.open(project.name())) {
      return set(tools.getBean(Setups.class));
    } catch (LiveKitFailure | JambonzFailure stopped) {
      spec.commandLine()
          .getErr()
          .println(
              "gateway: " + Printable.line(project.words(String.valueOf(stopped.getMessage()))));
      if (json && !settings.isEmpty()) {
        System.out.println(settingsAlone());
      }
      if (!done.isEmpty()) {
        spec.commandLine().getErr().println("What was done stays; run it again to go on.");
      }
      return 1;
    }
  }

  private void refuseWrongUse() {
    if (!numbers.isEmpty() && !jambonz) {
      throw wrongUse("--number goes with --jambonz");
    }
    if (newLogin && !jambonz) {
      throw wrongUse("--new-login goes with --jambonz");
    }
    if (pruneAllInbound && apply && json && !yes) {
      throw wrongUse("with --json nobody can be asked: --prune-all-inbound goes with --yes");
    }
    for (String address : allowed) {
      if (!AllowedAddresses.isReadable(address)) {
        throw wrongUse(
            "--allow %s is no address such as 192.0.2.7 and no network such as 192.0.2.0/24; LiveKit would let nobody in, or everybody"
                .formatted(address));
      }
    }
    if (!allowed.isEmpty() && !AllowedAddresses.protect(allowed)) {
      throw wrongUse("--allow %s lets in everybody".formatted(String.join(" ", allowed)));
    }
  }

  private ParameterException wrongUse(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  private int set(Setups setups) throws IOException {
    SetupOptions options =
        new SetupOptions(adopted, doomed(setups), allowed, jambonz, newLogin, numbers);
    Optional<String> refusal = setups.refusal(options);
    if (refusal.isPresent()) {
      throw wrongUse(refusal.get());
    }
    if (jambonz && !setups.knowsJambonz()) {
      throw wrongUse(
          project.words(
              "--jambonz needs JAMBONZ_API_URL, JAMBONZ_ACCOUNT_SID and JAMBONZ_API_KEY"));
    }
    io.voicegateway.setup.Setup setup = setups.prepared(options);
    SetupPlan plan = setup.plan();
    if (!apply) {
      print(plan, List.of());
      if (pruneAllInbound && !json && deletions(plan) > 0) {
        System.out.println("--apply asks before it deletes.");
      }
      return plan.isDone() ? 0 : 1;
    }
    if (!json) {
      PlanText.print(plan.inWords(project::words), System.out);
    }
    if (pruneAllInbound && !isAgreed(plan)) {
      return 1;
    }
    SetupPlan left = setup.apply(plan, this::tell, this::tellLogin);
    List<String> found = setup.newSettings().stream().map(project::words).toList();
    settings.addAll(found);
    Optional<String> voided = setup.voided();
    voided.ifPresent(this::takeBack);
    print(left, json ? settings : found);
    return left.isDone() && voided.isEmpty() ? 0 : 1;
  }

  private void takeBack(String sentence) {
    settings.removeIf(line -> line.startsWith(project.words("LIVEKIT_SIP_PASSWORD=")));
    tell(sentence);
  }

  /** By their ids, so that nothing goes that was made after it was shown. */
  private Set<String> doomed(Setups setups) {
    Set<String> ids = new TreeSet<>(pruned);
    if (pruneAllInbound) {
      ids.addAll(setups.inboundOfOthers());
      ids.removeAll(adopted);
    }
    return ids;
  }

  private void tellLogin(String setting) {
    String line = project.words(setting);
    if (!json && settings.isEmpty()) {
      System.out.println("The new trunk's login, told only now. Put into the gateway's settings:");
    }
    settings.add(line);
    if (!json) {
      System.out.println("  " + line);
    }
  }

  private String settingsAlone() throws IOException {
    return JSON.writeValueAsString(Map.of("done", done, "settings", settings));
  }

  private void tell(String untold) {
    String sentence = project.words(untold);
    done.add(sentence);
    if (!json) {
      System.out.println(Printable.line(sentence));
    }
  }

  private boolean isAgreed(SetupPlan plan) throws IOException {
    long deletions = deletions(plan);
    if (yes || deletions == 0) {
      return true;
    }
    System.err.printf("Delete these %d trunks and rules? Type yes: ", deletions);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    boolean agreed = "yes".equals(in.readLine());
    if (!agreed) {
      System.err.println("Nothing was done.");
    }
    return agreed;
  }

  private static long deletions(SetupPlan plan) {
    return plan.steps().stream().filter(step -> step.action() == Action.DELETE).count();
  }

  private void print(SetupPlan untold, List<String> newSettings) throws IOException {
    SetupPlan plan = untold.inWords(project::words);
    if (json) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("steps", plan.steps());
      all.put("to_do", plan.toDo());
      all.put("conflicts", plan.conflicts());
      all.put("done", done);
      all.put("settings", newSettings);
      System.out.println(JSON.writeValueAsString(all));
      return;
    }
    if (!apply || !plan.isDone()) {
      PlanText.print(plan, System.out);
    }
    if (!newSettings.isEmpty()) {
      System.out.println("Put into the gateway's settings:");
      newSettings.forEach(line -> System.out.println("  " + line));
    }
    System.out.println(PlanText.sum(plan, apply));
  }
}
