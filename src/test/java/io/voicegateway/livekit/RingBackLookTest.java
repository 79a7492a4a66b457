package io.voicegateway.livekit;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.call.Call;
import io.voicegateway.call.Call.Direction;
import io.voicegateway.call.Call.Origin;
import io.voicegateway.call.NumberFormat;
import io.voicegateway.call.PlanEntry;
import io.voicegateway.call.Progress;
import io.voicegateway.call.RingBack;
import io.voicegateway.livekit.api.OpenedApi;
import java.time.Clock;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A caller waits to be rung back, and LiveKit is asked how far it is. */
class RingBackLookTest {

  private final MockWebServer server = new MockWebServer();
  private OpenedApi livekit;
  private RingBackLook look;

  @BeforeEach
  void start() throws Exception {
    server.start();
    server.enqueue(new MockResponse.Builder().code(503).build());
    livekit = OpenedApi.to(server.url("/").toString(), "key", "secret-secret-secret-secret-secret");
    look = new RingBackLook(livekit.livekits(), Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    livekit.close();
    server.close();
  }

  @Test
  void whatLiveKitDoesNotTellMayStillCome() {
    assertThat(look.look(ringBack())).isEqualTo(Progress.WAITING);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void aLiveKitThatIsLeftAloneIsNotAsked() {
    livekit.livekits().standard().breaker().transitionToOpenState();

    assertThat(look.look(ringBack())).isEqualTo(Progress.WAITING);
    assertThat(server.getRequestCount()).isZero();
  }

  private static RingBack ringBack() {
    Call call =
        new Call(
            "a",
            Direction.INBOUND,
            NumberFormat.party("+15550002000", null),
            NumberFormat.party("+15550001000", null),
            PlanEntry.standard("voice-agent"),
            new Origin("", null, null, null, Map.of(), Map.of()));
    return new RingBack(call, "attempt", Clock.systemUTC().instant());
  }
}
