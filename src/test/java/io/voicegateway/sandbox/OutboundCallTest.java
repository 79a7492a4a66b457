package io.voicegateway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import livekit.LivekitSip.SIPParticipantInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import retrofit2.Response;

/** Calls the sandbox places. */
class OutboundCallTest {
  private SandboxLiveKit sandbox;
  private TestApi api;

  @BeforeEach
  void start() throws IOException {
    sandbox = SandboxLiveKit.start(0, TestTokens.KEY, TestTokens.SECRET, event -> {});
    api = new TestApi(sandbox.url(), "call-1");
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void livekit_calls_out_waits_for_the_answer_and_hangs_up_with_the_room() throws IOException {
    List<OutboundLeg> called = new CopyOnWriteArrayList<>();
    List<LegEvent.Kind> ends = new CopyOnWriteArrayList<>();
    sandbox.farEnd(
        "jambonz.example",
        call -> {
          called.add(call);
          call.onEnd(event -> ends.add(event.kind()));
          call.answer();
        });

    Response<SIPParticipantInfo> response = api.dial(api.outboundTrunk("jambonz.example"), "+1");

    assertThat(response.body().getParticipantIdentity()).isEqualTo("sip_+1");
    assertThat(called.get(0).headers()).containsEntry("X-Call-Ref", "r");
    api.deleteRoom();
    await().until(() -> ends.equals(List.of(LegEvent.Kind.BYE)));
  }

  @Test
  void a_refusal_of_the_called_number_is_the_error_of_the_api() throws IOException {
    Response<SIPParticipantInfo> busy = api.dial(api.outboundTrunk("jambonz.example"), "486");

    assertThat(busy.code()).isEqualTo(429);
    assertThat(busy.errorBody().string()).contains("\"sip_status_code\":\"486\"");
  }
}
