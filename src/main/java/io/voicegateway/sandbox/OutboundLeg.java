package io.voicegateway.sandbox;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A call from LiveKit to somebody (sip/pkg/sip/outbound.go). The participant is in the room before
 * the INVITE leaves. The public methods are the far end's: what it does, and what it is told.
 */
public final class OutboundLeg extends SipLeg {
  private final OutboundCall call;
  private final String sipCallId = Ids.of("SCL_");
  private final CompletableFuture<@Nullable Void> answered = new CompletableFuture<>();
  private volatile Consumer<LegEvent> onEnd = event -> {};

  OutboundLeg(SipSide side, OutboundCall call) {
    super(side);
    this.call = call;
  }

  /** The called number. */
  public String to() {
    return call.to();
  }

  /** The calling number. */
  public String from() {
    return call.from();
  }

  /** The trunk's address the INVITE was sent to. */
  public String address() {
    return call.address();
  }

  /** The room the call belongs to. */
  public String room() {
    return call.room();
  }

  /** The SIP headers LiveKit was asked to send. */
  public Map<String, String> headers() {
    return call.headers();
  }

  /** LiveKit's id of the call. */
  public String sipCallId() {
    return sipCallId;
  }

  /** The far end sends 180. */
  public void ringing() {
    whileCalling(
        () -> {
          callStatus("ringing");
          tell("out 180", "");
        });
  }

  /** The far end sends 200. */
  public void answer() {
    whileCalling(
        () -> {
          state(State.ACTIVE);
          callStatus("active");
          tell("out 200", "");
          answered.complete(null);
        });
  }

  /** The far end refuses with a SIP code. */
  public void refuse(int code) {
    whileCalling(() -> fail(Integer.toString(code), SipStatus.of(code).inviteRefused()));
  }

  /** Nothing listens at the address of the trunk. */
  public void unreachable() {
    String error =
        "transport<TCP> dial err=dial tcp :0->" + call.address() + ": connect: connection refused";
    whileCalling(() -> fail("unreachable", TwirpError.inner(TwirpCode.FAILED_PRECONDITION, error)));
  }

  /** The far end hangs up an answered call. */
  public void hangUp() {
    side()
        .loop()
        .execute(
            () -> {
              if (state() == State.ACTIVE) {
                tell("out hang-up", "");
                end();
              }
            });
  }

  /** Is told when LiveKit ends the call, by CANCEL or BYE. Set it before answering. */
  public void onEnd(Consumer<LegEvent> listener) {
    onEnd = listener;
  }

  /** What the far end answers to a REFER; without this every transfer succeeds. */
  public void onRefer(Function<String, ReferAnswer> answers) {
    referAnswers(answers);
  }

  /** Joins the room and calls; completes when answered, fails when it cannot be any more. */
  CompletableFuture<@Nullable Void> dial(FarEnd farEnd) {
    state(State.RINGING);
    timer(
        side()
            .loop()
            .after(ringingTimeout(call.ringingTimeout()), () -> giveUp("sip request timed out")));
    enter(side().rooms().getOrCreate(call.room()), call.member(this));
    tell("out INVITE", "%s -> %s at %s".formatted(call.from(), call.to(), call.address()));
    side().events().pool().execute(() -> farEnd.invited(this));
    return answered;
  }

  @Override
  void othersAreInTheRoom() {}

  @Override
  void removedFromRoom() {
    switch (state()) {
      case RINGING -> giveUp("room closed");
      case ACTIVE -> bye();
      case STARTING, ENDED -> {}
    }
  }

  @Override
  void bye() {
    ended(LegEvent.Kind.BYE);
    tell("out BYE", "by LiveKit");
    end();
  }

  private void giveUp(String why) {
    ended(LegEvent.Kind.CANCEL);
    fail("CANCEL", TwirpError.inner(TwirpCode.CANCELED, why));
  }

  private void fail(String what, TwirpError error) {
    tell("out " + what, error.message());
    end();
    answered.completeExceptionally(error);
  }

  private void ended(LegEvent.Kind kind) {
    side().events().pool().execute(() -> onEnd.accept(LegEvent.request(kind)));
  }

  private void whileCalling(Runnable step) {
    side()
        .loop()
        .execute(
            () -> {
              if (state() == State.RINGING) {
                step.run();
              }
            });
  }
}
