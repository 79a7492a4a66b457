package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.voicegateway.Hooks.Reply;
import io.voicegateway.call.record.CallEvent.Answered;
import io.voicegateway.call.record.CallEvent.DialEnded;
import io.voicegateway.call.record.CallEvent.HungUp;
import io.voicegateway.call.record.CallEvent.InRoom;
import io.voicegateway.call.record.CallEvent.Looked;
import io.voicegateway.call.record.Finding;
import io.voicegateway.call.record.RoomEvent;
import io.voicegateway.livekit.api.LiveKits;
import io.voicegateway.sandbox.SandboxLiveKit;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import livekit.LivekitModels.Room;
import livekit.LivekitRoom.CreateRoomRequest;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** What becomes of a call's room when the call has gone wrong, or is ended from our side. */
@GatewayTest
@Import(HeardEvents.class)
@TestPropertySource(properties = "gateway.rooms.delete-again=500")
class RoomHygieneTest {

  @Autowired private SandboxLiveKit livekit;
  @Autowired private HeardEvents heard;
  @Autowired private ProducerTemplate camel;
  @Autowired private LiveKits livekits;

  @Value("${local.gateway.port}")
  private int port;

  private final String sid = UUID.randomUUID().toString();
  private final String room = "call-" + sid;
  private Hooks hooks;

  @BeforeEach
  void prepare() {
    hooks = new Hooks(port);
    hooks.call(Hooks.newCall(sid));
    await().until(() -> !livekit.participants(room).isEmpty());
  }

  @Test
  void afterADialThatFailedTheRoomIsLookedAtAndDeleted() {
    Reply reply = dialEnded("no-answer", 487);

    assertThat(reply.verbs()).isEqualTo("sip:decline:480 hangup");
    await().until(() -> !isOpen());
    assertThat(heard.of(sid, Looked.class))
        .extracting(Looked::finding)
        .containsExactly(Finding.AGENT_READY);
  }

  @Test
  void afterADialToAPersonThatFailedTheRoomIsNoLongerLookedAt() {
    Reply room =
        hooks.call(
            """
            {"call_sid": "%s", "from": "+15550002000", "to": "+15550001000",
             "env_vars": {"fallback": "dial:+15550003671, decline:486"}}"""
                .formatted(sid));
    Reply person = dialEnded(room, "failed", 401);
    await().until(() -> heard.of(sid, Looked.class).size() == 1);
    await().until(() -> !isOpen());

    Reply nobody = dialEnded(person, "busy", 486);

    assertThat(nobody.verbs()).isEqualTo("sip:decline:486 hangup");
    assertThat(heard.of(sid, Answered.class)).last().extracting(Answered::rung).isEqualTo("room");
    assertThat(heard.of(sid, DialEnded.class))
        .extracting(DialEnded::rung, DialEnded::next)
        .containsExactly(tuple("room", "dial:***671"), tuple("dial:***671", "decline:486"));
    awaitNoMoreLooksThan(1);
  }

  @Test
  void aCallThatWasDialledByItsNumberHasNoRoomToLookAt() {
    Reply number =
        hooks.call(
            "/livekit-simple",
            Hooks.newCall(sid).getBytes(StandardCharsets.UTF_8),
            "application/json");

    dialEnded(number, "no-answer", 487);

    assertThat(heard.of(sid, DialEnded.class))
        .extracting(DialEnded::rung)
        .containsExactly("number");
    awaitNoMoreLooksThan(0);
  }

  @Test
  void aRoomThatAnAgentMadeAnewIsDeletedOnceMore() {
    dialEnded("failed", 401);
    await().until(() -> !isOpen());

    var unused =
        livekits.standard().rooms().create(CreateRoomRequest.newBuilder().setName(room).build());

    await().until(() -> !isOpen());
  }

  @Test
  void theRoomOfACallThatWasTalkedIsLeftToLiveKit() {
    int looks = livekit.count("ListParticipants");

    dialEnded("completed", 200);

    assertThat(isOpen()).isTrue();
    assertThat(livekit.count("ListParticipants")).isEqualTo(looks);
  }

  @Test
  void aRoomThatIsGoneAlreadyIsNoFailure() {
    dialEnded("failed", 503);
    await().until(() -> !isOpen());

    assertThat(dialEnded("failed", 503).status()).isEqualTo(200);
    await().until(() -> heard.of(sid, Looked.class).size() == 2);
    assertThat(heard.of(sid, Looked.class).get(1).finding()).isEqualTo(Finding.NO_ROOM);
  }

  @Test
  void anOperatorHangsUpByTheRoom() {
    Exchange answer = hangUp(sid);

    assertThat(status(answer)).isEqualTo(204);
    assertThat(isOpen()).isFalse();
    assertThat(heard.of(sid, HungUp.class)).hasSize(1);
    await()
        .untilAsserted(
            () ->
                assertThat(heard.of(sid, InRoom.class))
                    .extracting(InRoom::what)
                    .contains(RoomEvent.ROOM_ENDED));
  }

  @Test
  void aCallerWhoIsHungUpOnWhileItRingsGetsNoFurtherRung() {
    hangUp(sid);

    Reply reply = dialEnded("busy", 486);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.verbs()).isEmpty();
  }

  @Test
  void aCallThatIsNotThereCannotBeHungUp() {
    for (String nobody : new String[] {"none", "a b", "../x"}) {
      Exchange answer = hangUp(nobody);

      assertThat(status(answer)).isEqualTo(404);
      assertThat(answer.getMessage().getBody(String.class)).contains("\"error\"");
      assertThat(heard.of(nobody, HungUp.class)).isEmpty();
    }
  }

  @Test
  void theSandboxTellsByWebhooksWhoCame() {
    await()
        .untilAsserted(
            () ->
                assertThat(heard.of(sid, InRoom.class))
                    .extracting(InRoom::what)
                    .containsExactly(RoomEvent.AGENT_JOINED, RoomEvent.AGENT_HEARD));
  }

  private void awaitNoMoreLooksThan(int looks) {
    await().during(Duration.ofMillis(300)).until(() -> heard.of(sid, Looked.class).size() == looks);
  }

  private static int status(Exchange answer) {
    return answer.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
  }

  private Exchange hangUp(String callSid) {
    return camel.request(
        "direct:hang-up", exchange -> exchange.getMessage().setHeader("call_sid", callSid));
  }

  private Reply dialEnded(String status, int sip) {
    return dialEnded("/livekit-api/dial", status, sip);
  }

  private Reply dialEnded(Reply dialled, String status, int sip) {
    return dialEnded(dialled.dial().path("actionHook").asText(), status, sip);
  }

  private Reply dialEnded(String actionHook, String status, int sip) {
    return hooks.event(
        actionHook,
        """
        {"call_sid": "%s", "from": "+15550002000", "to": "+15550001000", "direction": "inbound",
         "call_status": "trying", "dial_call_status": "%s", "dial_sip_status": %d}"""
            .formatted(sid, status, sip));
  }

  private boolean isOpen() {
    return livekit.rooms().stream().map(Room::getName).anyMatch(room::equals);
  }
}
