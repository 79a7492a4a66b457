package io.voicegateway.jambonz;

import io.voicegateway.call.NumberFormat;
import io.voicegateway.call.NumberPlan;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/** Before the first call: the classes that read a hook, and the table of the country's numbers. */
@Component
final class HookWarmUp implements ApplicationRunner {

  private static final byte[] HOOK =
      "{\"call_sid\":\"warm-up\",\"from\":\"+15550002000\",\"sip\":{\"headers\":{}}}"
          .getBytes(StandardCharsets.UTF_8);

  private final HookReader reader;
  private final NumberPlan plan;

  HookWarmUp(HookReader reader, NumberPlan plan) {
    this.reader = reader;
    this.plan = plan;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    CallHook hook = reader.read(HOOK, "application/json");
    NumberFormat.party(hook.from(), plan.rest().country());
  }
}
