package io.voicegateway.sandbox;

import java.time.Duration;

/**
 * An agent worker registered with the sandbox.
 *
 * @param agentName name it is dispatched by; empty for one that takes every room without agents
 * @param delay from the dispatch to the agent's audio in the room
 * @param joins whether its jobs reach the room; a wedged worker takes jobs and joins nothing
 * @param speaks whether its agents publish audio
 */
public record SandboxWorker(String agentName, Duration delay, boolean joins, boolean speaks) {
  private static final Duration USUAL_DELAY = Duration.ofMillis(200);

  /** A healthy worker, as fast as the real thing. */
  public static SandboxWorker named(String agentName) {
    return new SandboxWorker(agentName, USUAL_DELAY, true, true);
  }

  /** A worker that takes jobs and joins nothing. */
  public static SandboxWorker wedged(String agentName) {
    return new SandboxWorker(agentName, USUAL_DELAY, false, false);
  }

  /** A worker whose agents join and publish no audio. */
  public static SandboxWorker silent(String agentName) {
    return new SandboxWorker(agentName, USUAL_DELAY, true, false);
  }

  /** A healthy worker that takes its time. */
  public static SandboxWorker slow(String agentName, Duration delay) {
    return new SandboxWorker(agentName, delay, true, true);
  }
}
