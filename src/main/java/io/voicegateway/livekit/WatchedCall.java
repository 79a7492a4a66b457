package io.voicegateway.livekit;

import io.voicegateway.call.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call whose agent is watched: who is in its room, and who of them is the one that the caller
 * talks to. After a rescue that is who is heard first, and every other agent is one too many.
 */
final class WatchedCall {

  /** An overloaded worker was seen to join after 15 s; later ones are somebody else's. */
  private static final Duration LATE = Duration.ofMinutes(2);

  /** Somebody of whom only a look at the room told. */
  private static final String SOMEBODY = "";

  /** A caller whose phone was in the room before anything was heard of it. */
  private static final String UNSEEN = "";

  private final String sid;
  private final String project;
  private final String agent;
  private final String backup;
  private final Supplier<String> metadata;
  private final Instant since;
  private final Set<String> agents = new LinkedHashSet<>();
  private @Nullable String caller;
  private @Nullable String speaker;
  private @Nullable Instant rescued;
  private boolean lookedAgain;
  private boolean asked;
  private boolean replaced;
  private boolean over;
  private @Nullable Future<?> next;

  /**
   * @param project in whose LiveKit it is
   * @param backup who is asked to come instead, perhaps the same agent again
   * @param metadata what an agent is told of the call
   */
  WatchedCall(
      String sid,
      String project,
      String agent,
      String backup,
      Supplier<String> metadata,
      Instant since) {
    this.sid = sid;
    this.project = project;
    this.agent = agent;
    this.backup = backup;
    this.metadata = metadata;
    this.since = since;
  }

  /** A call that is under way already. */
  static WatchedCall underWay(
      String sid,
      String project,
      String agent,
      String backup,
      Supplier<String> metadata,
      Instant since) {
    WatchedCall call = new WatchedCall(sid, project, agent, backup, metadata, since);
    call.caller = UNSEEN;
    return call;
  }

  String sid() {
    return sid;
  }

  String project() {
    return project;
  }

  String room() {
    return Call.roomOf(sid);
  }

  String agent() {
    return agent;
  }

  String backup() {
    return backup;
  }

  String metadata() {
    return metadata.get();
  }

  Instant since() {
    return since;
  }

  /** A phone joined; the first one is the caller's, others were called in. */
  synchronized void phoneJoined(String phone) {
    if (caller == null) {
      caller = phone;
    }
  }

  synchronized boolean hasCaller() {
    return caller != null;
  }

  /** Whether a phone that left was the caller's. */
  synchronized boolean isCaller(String phone) {
    return caller == null || caller.equals(phone);
  }

  synchronized void end() {
    over = true;
    next(null);
  }

  synchronized boolean isOver() {
    return over;
  }

  /** Sets what is to be done next, in place of what was to be done. */
  synchronized void next(@Nullable Future<?> step) {
    if (next != null) {
      next.cancel(false);
    }
    next = step;
  }

  /** Whether the caller has nobody to hear. */
  synchronized boolean isSilent() {
    return speaker == null && !over;
  }

  /** Whether the caller has somebody to hear. */
  synchronized boolean isHeard() {
    return speaker != null && !over;
  }

  synchronized boolean isRescued() {
    return rescued != null;
  }

  /** An agent joined; tells who must leave. */
  synchronized List<String> joined(String agent, Instant now) {
    if (isLate(agent, now)) {
      return List.of(agent);
    }
    agents.add(agent);
    return List.of();
  }

  /** An agent is heard; tells who must leave. */
  synchronized List<String> heard(String agent, Instant now) {
    if (isLate(agent, now)) {
      return List.of(agent);
    }
    agents.add(agent);
    if (!isSpeakerKnown()) {
      speaker = agent;
      next(null);
    }
    List<String> others = new ArrayList<>(agents);
    others.remove(speaker);
    return isJustRescued(now) ? others : List.of();
  }

  synchronized void somebodyIsHeard() {
    if (speaker == null) {
      speaker = SOMEBODY;
    }
  }

  /** An agent left; tells whether it was the one that the caller talked to. */
  synchronized boolean left(String agent) {
    agents.remove(agent);
    boolean wasSpeaker = agent.equals(speaker) || SOMEBODY.equals(speaker);
    if (wasSpeaker) {
      speaker = null;
    }
    return wasSpeaker;
  }

  /** Whether LiveKit, which did not answer, may be asked once more. */
  synchronized boolean mayLookAgain() {
    boolean first = !lookedAgain;
    lookedAgain = true;
    return first;
  }

  /** Whether another agent may be asked before the talk; once. */
  synchronized boolean mayAsk(Instant now) {
    if (asked || !isSilent()) {
      return false;
    }
    asked = true;
    rescued = now;
    return true;
  }

  /** Whether another agent may be asked in mid-call; once. */
  synchronized boolean mayReplace(Instant now) {
    if (replaced || !isSilent()) {
      return false;
    }
    replaced = true;
    rescued = now;
    return true;
  }

  private boolean isLate(String agent, Instant now) {
    return isSpeakerKnown() && !agent.equals(speaker) && isJustRescued(now);
  }

  private boolean isSpeakerKnown() {
    return speaker != null && !speaker.equals(SOMEBODY);
  }

  private boolean isJustRescued(Instant now) {
    return rescued != null && now.isBefore(rescued.plus(LATE));
  }
}
