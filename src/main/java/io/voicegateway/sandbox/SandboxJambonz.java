package io.voicegateway.sandbox;

import io.voicegateway.jambonz.VerbRules;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A Jambonz for trying and testing: it posts the hooks that a real one posts, refuses the answers
 * that a real one refuses, dials into the sandbox's LiveKit, and reports every leg.
 */
public final class SandboxJambonz {

  /** Where its SIP side can be reached from LiveKit. */
  static final String HOST = "jambonz.sandbox.invalid";

  private final SandboxLiveKit livekit;
  private final HookPost hooks;
  private final Consumer<SandboxEvent> listener;
  private final VerbRules rules = new VerbRules();

  /**
   * @param gateway scheme, host and port of the hooks
   * @param secret the account's webhook secret, empty to sign nothing
   * @param listener is told of everything that this Jambonz and its callers do
   */
  public SandboxJambonz(
      SandboxLiveKit livekit, URI gateway, String secret, Consumer<SandboxEvent> listener) {
    this.livekit = livekit;
    this.hooks = new HookPost(gateway, secret);
    this.listener = listener;
  }

  /**
   * A phone call.
   *
   * @param from the caller's number
   * @param to the called number
   * @param talk how long the caller talks before he hangs up
   */
  public record PhoneCall(String from, String to, Duration talk) {}

  /**
   * How it ended for the caller.
   *
   * @param callSid the call's id
   * @param answered whether he was answered
   * @param code the final SIP code he got: 200 once answered
   * @param heard what was played or said to him, in order
   */
  public record Outcome(String callSid, boolean answered, int code, java.util.List<String> heard) {}

  /** Places a call and follows it to its end; takes as long as the call. */
  public Outcome call(PhoneCall phone) throws InterruptedException {
    return new SandboxCall(UUID.randomUUID().toString(), phone, livekit, hooks, rules, listener)
        .run();
  }
}
