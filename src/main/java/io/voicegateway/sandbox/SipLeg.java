package io.voicegateway.sandbox;

import com.google.protobuf.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A phone call as LiveKit has it: a SIP dialog on one side, a participant on the other. */
abstract class SipLeg {
  private static final java.time.Duration RINGING_TIMEOUT = java.time.Duration.ofMinutes(3);

  enum State {
    STARTING,
    RINGING,
    ACTIVE,
    ENDED
  }

  private final SipSide side;
  private State state = State.STARTING;
  private @Nullable SandboxRoom room;
  private @Nullable Member member;
  private @Nullable Future<?> timer;
  private volatile Function<String, ReferAnswer> onRefer = to -> ReferAnswer.TRANSFERRED;

  SipLeg(SipSide side) {
    this.side = side;
  }

  /** Somebody else in the room has an audio track. */
  abstract void othersAreInTheRoom();

  /** LiveKit took the participant out of the room. */
  abstract void removedFromRoom();

  /** LiveKit hangs up. */
  abstract void bye();

  final SipSide side() {
    return side;
  }

  final State state() {
    return state;
  }

  final void state(State next) {
    timer(null);
    state = next;
  }

  final void enter(SandboxRoom entered, Member participant) {
    room = entered;
    member = participant;
    side.rooms().join(entered, participant);
  }

  final void callStatus(String status) {
    if (member != null) {
      member.info().putAttributes("sip.callStatus", status);
    }
  }

  final String roomName() {
    return room == null ? "" : room.name();
  }

  final void tell(String what, String detail) {
    side.events().tell(what, roomName(), detail);
  }

  /** Ends the leg and takes its participant out of the room. */
  final void end() {
    state(State.ENDED);
    if (room != null && member != null) {
      side.rooms().leave(room, member);
    }
  }

  /** One timer at a time; a change of state stops it. */
  final void timer(@Nullable Future<?> next) {
    if (timer != null) {
      timer.cancel(false);
    }
    timer = next;
  }

  static java.time.Duration ringingTimeout(Duration configured) {
    java.time.Duration timeout = duration(configured);
    return timeout.isZero() ? RINGING_TIMEOUT : timeout;
  }

  static java.time.Duration duration(Duration duration) {
    return java.time.Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
  }

  final void referAnswers(Function<String, ReferAnswer> answers) {
    onRefer = answers;
  }

  /** Asks the far side to call somebody else. */
  final CompletableFuture<ReferAnswer> refer(String to) {
    tell("REFER", to);
    return CompletableFuture.supplyAsync(() -> onRefer.apply(to), side.events().pool());
  }
}
