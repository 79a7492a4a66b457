package io.voicegateway.console;

import io.voicegateway.sandbox.SandboxEvents;
import io.voicegateway.sandbox.SandboxJambonz;
import io.voicegateway.sandbox.SandboxJambonz.Outcome;
import io.voicegateway.sandbox.SandboxJambonz.PhoneCall;
import io.voicegateway.sandbox.SandboxLiveKit;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** Shows one call through the gateway without any account, then serves. */
@Command(
    name = "try",
    description =
        "Starts on the built-in sandbox, plays one call through and shows its ladder, then serves.",
    mixinStandardHelpOptions = true)
final class Try implements Callable<Integer> {

  @Option(names = "--from", defaultValue = "+15550100001", description = "the caller's number")
  private String from = "";

  @Option(names = "--to", defaultValue = "+15550001000", description = "the called number")
  private String to = "";

  @Option(
      names = "--agents",
      paramLabel = "NAMES",
      description =
          "the agents that are there, comma separated; without it all that the number plan names")
  private @Nullable String agents;

  @Option(names = "--once", description = "stop after the call; exit code 1 unless it was answered")
  private boolean once;

  @Override
  public Integer call() throws InterruptedException {
    Map<String, Object> settings = new HashMap<>(Launch.ON_SANDBOX);
    settings.put("logging.level.io.voicegateway", "warn");
    settings.put("logging.level.org.apache.camel", "error");
    if (agents != null) {
      settings.put("gateway.sandbox-agents", agents);
    }
    if (once) {
      settings.put("gateway.ops.password", UUID.randomUUID());
    }
    ConfigurableApplicationContext context = Launch.gateway(settings);
    Launch.tellLogin(context);
    String address = Launch.address(context);
    Outcome outcome = place(context, address);
    if (once) {
      context.close();
      return outcome.answered() ? 0 : 1;
    }
    whatNext(address, Launch.console(context));
    return Run.STAYS_UP;
  }

  private Outcome place(ConfigurableApplicationContext context, String address)
      throws InterruptedException {
    CallPicture picture = new CallPicture(System.out, Ansi.AUTO);
    context.getBean(SandboxEvents.class).subscribe(picture);
    SandboxJambonz jambonz =
        new SandboxJambonz(context.getBean(SandboxLiveKit.class), URI.create(address), "", picture);
    Outcome outcome = jambonz.call(new PhoneCall(from, to, Duration.ofSeconds(1)));
    picture.end(outcome);
    return outcome;
  }

  private static void whatNext(String address, String console) {
    System.out.printf(
        """

        Serving at %1$s. Next:
          - the call in the console:  %2$s
          - another terminal:  ./gateway simulate src/main/resources/sandbox/session-new.json
          - a call by hand:
              curl -H 'Content-Type: application/json' -d '{"call_sid": "my-call", "from": "+15550100001", "to": "+15550001000"}' %1$s/livekit-api
          - the form that Jambonz's portal shows:  curl -X OPTIONS %1$s/livekit-api
          - change routes/ or application.yaml, then:  ./gateway routes check
          - connect your own LiveKit and Jambonz: README.md
        Ctrl-C ends it.
        """,
        address, console);
  }
}
