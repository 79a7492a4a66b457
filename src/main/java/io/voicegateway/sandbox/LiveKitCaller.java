package io.voicegateway.sandbox;

import java.time.Duration;
import java.util.UUID;
import livekit.LivekitModels.ParticipantInfo;

/** LiveKit calls Jambonz. */
record LiveKitCaller(OutboundLeg call, SandboxLiveKit livekit) implements Peer {

  /** It stays until somebody ends the call or its room. */
  private static final Duration FOR_EVER = Duration.ofDays(1);

  /** Runs the leg to its end. */
  static void invited(OutboundLeg call, Switchboard board) {
    String sid = UUID.randomUUID().toString();
    JambonzLeg leg =
        new JambonzLeg(
            new HookBodies(sid, call.from(), call.to()),
            new LegHooks(board, call.room()),
            new LiveKitCaller(call, board.livekit()),
            FOR_EVER);
    call.onEnd(event -> leg.left());
    try {
      new LegVerbs(board, leg).run("/livekit-api/callback", call.headers());
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void rings() {
    call.ringing();
  }

  @Override
  public void answered() {
    call.answer();
  }

  @Override
  public void refused(int code) {
    call.refuse(code);
  }

  @Override
  public void hungUp() {
    call.hangUp();
  }

  @Override
  public boolean bringsAgent() {
    return livekit.participants(call.room()).stream()
        .anyMatch(who -> who.getKind() == ParticipantInfo.Kind.AGENT && who.getTracksCount() > 0);
  }
}
