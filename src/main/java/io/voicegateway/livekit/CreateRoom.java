package io.voicegateway.livekit;

import io.voicegateway.call.Call;
import io.voicegateway.call.Question;
import io.voicegateway.call.Registration;
import io.voicegateway.call.record.CallEvent;
import io.voicegateway.call.record.CallEvents;
import io.voicegateway.livekit.api.LiveKit;
import io.voicegateway.livekit.api.LiveKitFailure;
import io.voicegateway.livekit.api.LiveKits;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import livekit.LivekitAgentDispatch.RoomAgentDispatch;
import livekit.LivekitModels.Room;
import livekit.LivekitRoom.CreateRoomRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Registers a call: its room is made and its agent asked to come, in one request. LiveKit answers
 * the same request twice with the same room and starts no second agent, so a retried hook does no
 * harm. The agent must be named here: a room made without agents silences the dispatch rule's.
 */
@Component("createRoom")
final class CreateRoom implements Processor {

  private static final Logger log = LoggerFactory.getLogger(CreateRoom.class);

  /** How long an unused room outlives its dial, in seconds. */
  private static final int AFTER_DIAL = 30;

  /** How long an agent may go on after the caller left, in seconds. */
  private static final int AFTER_CALLER = 10;

  /** Caller and agent, a second agent and persons who are called in; more is a mistake. */
  private static final int MOST_PARTICIPANTS = 10;

  private final LiveKits livekits;
  private final AgentMetadata metadata;
  private final CallEvents record;
  private final Clock clock;

  CreateRoom(LiveKits livekits, AgentMetadata metadata, CallEvents record, Clock clock) {
    this.livekits = livekits;
    this.metadata = metadata;
    this.record = record;
    this.clock = clock;
  }

  /**
   * Turns a {@link Call} into a {@link Registration}. When most of the last ones with its LiveKit
   * failed, that is not asked.
   *
   * @throws LiveKitFailure when LiveKit did not make the room
   * @throws LateRegistration when it did, and the call was given up before
   */
  @Override
  public void process(Exchange exchange) throws Exception {
    Call call = exchange.getMessage().getMandatoryBody(Call.class);
    long asked = clock.millis();
    long start = System.nanoTime();
    LiveKit livekit = livekits.of(call.project());
    Room room = livekit.breaker().executeSupplier(() -> livekit.rooms().create(request(call)));
    long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    if (!isAwaited(exchange)) {
      throw new LateRegistration();
    }
    log.info("call={} registered in {} ms. Room name: {}", call.sid(), took, room.getName());
    record.tell(new CallEvent.Registered(call.sid(), clock.instant(), took, call.plan().project()));
    exchange.getMessage().setBody(new Registration(call, room.getCreationTimeMs() < asked));
  }

  private static boolean isAwaited(Exchange exchange) {
    Question question = exchange.getProperty(Question.PROPERTY, Question.class);
    return question == null || question.take();
  }

  CreateRoomRequest request(Call call) {
    String json = metadata.of(call);
    return CreateRoomRequest.newBuilder()
        .setName(call.room())
        .setMetadata(json)
        .setEmptyTimeout(call.plan().dialTimeoutSeconds() + AFTER_DIAL)
        .setDepartureTimeout(AFTER_CALLER)
        .setMaxParticipants(MOST_PARTICIPANTS)
        .addAgents(
            RoomAgentDispatch.newBuilder().setAgentName(call.plan().agent()).setMetadata(json))
        .build();
  }
}
