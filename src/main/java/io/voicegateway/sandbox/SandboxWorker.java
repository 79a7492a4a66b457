package io.voicegateway.sandbox;

import java.time.Duration;

/**
 * An agent worker registered with the sandbox.
 *
 * @param agentName name it is dispatched by; empty for one that takes every room without agents
 * @param delay from the dispatch to the agent's audio in the room
 * @param joins whether its jobs reach the room; a wedged worker takes jobs and joins nothing
 */
public record SandboxWorker(String agentName, Duration delay, boolean joins) {
  private static final Duration USUAL_DELAY = Duration.ofMillis(200);

  /** A healthy worker, as fast as the real thing. */
  public static SandboxWorker named(String agentName) {
    return new SandboxWorker(agentName, USUAL_DELAY, true);
  }

  /** A worker that takes jobs and joins nothing. */
  public static SandboxWorker wedged(String agentName) {
    return new SandboxWorker(agentName, USUAL_DELAY, false);
  }
}
