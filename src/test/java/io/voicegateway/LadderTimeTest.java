package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.Hooks.Reply;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** How long a caller is kept waiting by all rungs of his ladder together. */
@GatewayTest
@Import(SettableTime.class)
@TestPropertySource(properties = "gateway.plan.file=src/test/resources/limits-plan.yaml")
class LadderTimeTest {

  private static final Instant BEGIN = Instant.parse("2099-11-25T10:00:00Z");

  @Autowired private AtomicReference<Instant> now;

  @Value("${local.gateway.port}")
  private int port;

  private final String sid = UUID.randomUUID().toString();
  private Hooks hooks;

  @BeforeEach
  void prepare() {
    hooks = new Hooks(port);
    now.set(BEGIN);
  }

  @ParameterizedTest(name = "{0} s after the call hook: {1}")
  @CsvSource({"59, dial hangup", "60, dial hangup", "61, play sip:decline:480 hangup"})
  void afterAMinuteNobodyElseIsDialled(int seconds, String verbs) {
    Reply call = call();
    now.set(BEGIN.plusSeconds(seconds));

    assertThat(ended(call, "trying", "failed").verbs()).isEqualTo(verbs);
  }

  @Test
  void theMinuteIsCountedThroughAllRungs() {
    Reply call = call();
    now.set(BEGIN.plusSeconds(40));
    Reply person = ended(call, "trying", "failed");
    now.set(BEGIN.plusSeconds(61));

    assertThat(person.dial().at("/target/0/number").asText()).isEqualTo("+15550009999");
    assertThat(ended(person, "trying", "busy").verbs()).isEqualTo("play sip:decline:480 hangup");
  }

  @Test
  void aCallerWhoTalkedBeforeWaitsFromThenOn() {
    Reply call = call();
    now.set(BEGIN.plusSeconds(600));
    Reply transfer =
        hooks.event(
            call.dial().path("referHook").asText(),
            """
            {"call_sid": "leg-%1$s", "parent_call_sid": "%1$s", "call_status": "in-progress",
             "fs_sip_address": "127.0.0.1:5070",
             "refer_details": {"sip_refer_to": "<tel:+15550001003>"}}"""
                .formatted(sid));
    now.set(BEGIN.plusSeconds(620));

    assertThat(ended(transfer, "in-progress", "busy").dial().at("/target/0/sipUri").asText())
        .startsWith("sip:call-" + sid);
  }

  private Reply call() {
    return hooks.call(
        """
        {"call_sid": "%s", "direction": "inbound", "from": "+15550002000", "to": "+15550001004",
         "env_vars": {"fallback": "dial:+15550009999, dial:+15550009998, notice"}}"""
            .formatted(sid));
  }

  private Reply ended(Reply dial, String caller, String status) {
    return Hooks.playable(
        hooks.event(
            dial.dial().path("actionHook").asText(),
            """
            {"call_sid": "%s", "direction": "inbound", "from": "+15550002000", "to": "+15550001004",
             "call_status": "%s", "dial_call_status": "%s", "dial_sip_status": 503}"""
                .formatted(sid, caller, status)));
  }
}
