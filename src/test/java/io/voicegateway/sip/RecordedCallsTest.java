package io.voicegateway.sip;

import static io.voicegateway.sip.ScriptedServer.SILENCE;
import static io.voicegateway.sip.ScriptedServer.answers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voicegateway.sip.PlacedCall.Ending;
import io.voicegateway.sip.ScriptedServer.Step;
import io.voicegateway.sip.SipAddress.Transport;
import io.voicegateway.sip.SipFailure.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every call that was placed to a running LiveKit, to a server that answers as LiveKit did. */
class RecordedCallsTest {

  private static final Duration LONG = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(500);
  private static final String CHALLENGE =
      "Proxy-Authenticate: Digest realm=\"sip.livekit.io\", nonce=\"n\", algorithm=MD5";

  @TestFactory
  Stream<DynamicTest> every_outcome_is_told_as_it_was() throws IOException {
    try (InputStream file = getClass().getResourceAsStream("/livekit/sip-outcomes.json")) {
      JsonNode all = new ObjectMapper().readTree(file);
      return StreamSupport.stream(all.spliterator(), false)
          .map(each -> DynamicTest.dynamicTest(each.get("case").asText(), () -> replay(each)));
    }
  }

  private static void replay(JsonNode recorded) throws Exception {
    Transport transport =
        Transport.valueOf(recorded.at("/invite/transport").asText().toUpperCase(Locale.ROOT));
    if (outcome(recorded).equals("connection refused")) {
      SipAddress gone = ScriptedServer.gone(transport);
      assertThat(catchThrowableOfType(SipFailure.class, () -> call(gone, recorded)).reason())
          .isEqualTo(Reason.UNREACHABLE);
      return;
    }
    try (ScriptedServer server = ScriptedServer.on(transport)) {
      script(server, recorded);
      compare(recorded, call(server.address(), recorded));
      LeftBehind.nothing(server);
    }
  }

  private static void script(ScriptedServer server, JsonNode recorded) {
    List<Step> invites = new ArrayList<>();
    Step step = SILENCE;
    for (JsonNode provisional : recorded.get("provisional")) {
      if (provisional.asText().startsWith("407")) {
        invites.add(step.then(answers("407 Unauthorized", CHALLENGE)));
        step = SILENCE;
      } else {
        step = step.then(answers(provisional.asText()));
      }
    }
    if (recorded.path("final_code").asInt() > 0) {
      String reason = recorded.path("reason").asText();
      step = step.then(answers(recorded.get("final_code").asText() + " " + reason, CHALLENGE));
    }
    invites.add(step);
    server.when("INVITE", invites.toArray(new Step[0])).when("BYE", answers("200 OK"));
    if (outcome(recorded).contains("CANCEL -> 487")) {
      server.when("CANCEL", server.cancels());
    }
  }

  private static PlacedCall call(SipAddress server, JsonNode recorded) {
    Duration patience = ending(recorded) == Ending.DROPPED ? SHORT : LONG;
    SipLogin login = loggedIn(recorded) ? new SipLogin("gw", "pw12345") : null;
    return new SipClient()
        .call(
            new CallRequest(
                server, "call-1", "+15550100001", login, patience, Duration.ofMillis(100)));
  }

  private static void compare(JsonNode recorded, PlacedCall call) {
    assertThat(call.ending()).isEqualTo(ending(recorded));
    assertThat(call.challenged()).isEqualTo(loggedIn(recorded));
    assertThat(call.rings())
        .isEqualTo(recorded.get("provisional").toString().contains("180") ? 1 : 0);
    if (recorded.path("final_code").asInt() > 0) {
      SipAnswer decision = call.decision().orElseThrow();
      assertThat(decision.code()).isEqualTo(recorded.get("final_code").asInt());
      assertThat(decision.reason()).isEqualTo(recorded.path("reason").asText());
    }
  }

  private static boolean loggedIn(JsonNode recorded) {
    return recorded.get("provisional").toString().contains("407");
  }

  private static Ending ending(JsonNode recorded) {
    String outcome = outcome(recorded);
    if (outcome.startsWith("rings")) {
      return outcome.contains("487") ? Ending.CANCELLED : Ending.DROPPED;
    }
    return outcome.equals("answered") ? Ending.ANSWERED : Ending.REFUSED;
  }

  private static String outcome(JsonNode recorded) {
    return recorded.get("outcome").asText();
  }
}
