package io.voicegateway.sandbox;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * A Jambonz for trying and testing: it posts the hooks that a real one posts, refuses the answers
 * that a real one refuses, dials into the sandbox's LiveKit, takes its calls, and reports every
 * leg.
 */
public final class SandboxJambonz {

  /** Where its SIP side can be reached from LiveKit. */
  static final String HOST = "jambonz.sandbox.invalid";

  private final Switchboard board;

  /**
   * @param gateway scheme, host and port of the hooks
   * @param secret the account's webhook secret, empty to sign nothing
   * @param listener is told of everything that this Jambonz and its callers do
   */
  public SandboxJambonz(
      SandboxLiveKit livekit, URI gateway, String secret, Consumer<SandboxEvent> listener) {
    Switchboard shared = new Switchboard(livekit, new HookPost(gateway, secret), listener);
    board = shared;
    livekit.farEnd(HOST, leg -> LiveKitCaller.invited(leg, shared));
  }

  /**
   * A phone call.
   *
   * @param from the caller's number
   * @param to the called number
   * @param talk how long the caller talks before he hangs up
   * @param patience how long he waits for an answer
   */
  public record PhoneCall(String from, String to, Duration talk, Duration patience) {

    /** By somebody patient. */
    public PhoneCall(String from, String to, Duration talk) {
      this(from, to, talk, Duration.ofMinutes(2));
    }
  }

  /**
   * How it ended for the caller.
   *
   * @param callSid the call's id
   * @param answered whether he was answered
   * @param code the final SIP code he got: 200 once answered
   * @param heard what was played or said to him, in order
   */
  public record Outcome(String callSid, boolean answered, int code, List<String> heard) {}

  /** Sets how somebody behaves who is dialled by that number or SIP address; else he answers. */
  public void person(String target, Person person) {
    board.persons().put(target, person);
  }

  /** Places a call and follows it to its end; takes as long as the call. */
  public Outcome call(PhoneCall phone) throws InterruptedException {
    return new SandboxCall(phone, board).run();
  }
}
