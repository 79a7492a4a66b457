package io.voicegateway.sandbox;

import io.voicegateway.sandbox.SandboxJambonz.Outcome;
import io.voicegateway.sandbox.SandboxJambonz.PhoneCall;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One phone call through the sandbox's Jambonz, from the caller's INVITE to the last hook. */
final class SandboxCall {

  private final String sid = UUID.randomUUID().toString();
  private final PhoneCall phone;
  private final Switchboard board;
  private final LegHooks hooks;
  private final JambonzLeg leg;

  SandboxCall(PhoneCall phone, Switchboard board) {
    this.phone = phone;
    this.board = board;
    this.hooks = new LegHooks(board, "call-" + sid);
    HookBodies bodies = new HookBodies(sid, phone.from(), phone.to());
    this.leg = new JambonzLeg(bodies, hooks, new Caller(hooks), phone.talk());
  }

  Outcome run() throws InterruptedException {
    hooks.tell("caller", phone.from() + " calls " + phone.to());
    leg.onEnd(this::tellHangUp);
    CompletableFuture.delayedExecutor(phone.patience().toMillis(), TimeUnit.MILLISECONDS)
        .execute(this::losePatience);
    new LegVerbs(board, leg).run("/livekit-api", Map.of());
    return new Outcome(sid, leg.isAnswered(), leg.end().code(), leg.heard());
  }

  private void losePatience() {
    if (!leg.isAnswered()) {
      leg.left();
    }
  }

  private void tellHangUp() {
    if (leg.end().by().equals("caller")) {
      hooks.tell("caller", "hangs up");
    }
  }

  /** The phone: it does nothing but listen. */
  private record Caller(LegHooks hooks) implements Peer {
    @Override
    public void rings() {}

    @Override
    public void answered() {
      hooks.tell("answered", "200 OK");
    }

    @Override
    public void refused(int code) {
      hooks.tell("answered", Integer.toString(code));
    }

    @Override
    public void hungUp() {
      hooks.tell("answered", "BYE");
    }

    @Override
    public boolean bringsAgent() {
      return false;
    }
  }
}
