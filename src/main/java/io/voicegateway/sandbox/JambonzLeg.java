package io.voicegateway.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A leg that arrived at the sandbox's Jambonz. Its far end may leave on any thread; everything else
 * happens on the thread that runs its verbs.
 */
final class JambonzLeg {

  /**
   * How a leg ended.
   *
   * @param status {@code call_status}
   * @param code the final SIP code: 200 once answered
   * @param by caller or jambonz
   */
  record End(String status, int code, String by) {}

  private final HookBodies bodies;
  private final LegHooks hooks;
  private final Peer peer;
  private final Duration talk;
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final CompletableFuture<End> ended = new CompletableFuture<>();

  private volatile boolean answered;
  private @Nullable JsonNode tag;
  private boolean endTold;

  /**
   * @param talk how long the far end talks before it hangs up
   */
  JambonzLeg(HookBodies bodies, LegHooks hooks, Peer peer, Duration talk) {
    this.bodies = bodies;
    this.hooks = hooks;
    this.peer = peer;
    this.talk = talk;
  }

  HookBodies bodies() {
    return bodies;
  }

  LegHooks hooks() {
    return hooks;
  }

  Duration talk() {
    return talk;
  }

  boolean isAnswered() {
    return answered;
  }

  boolean isOver() {
    return ended.isDone();
  }

  boolean bringsAgent() {
    return peer.bringsAgent();
  }

  /** What was played or said to it, in order. */
  List<String> heard() {
    return List.copyOf(heard);
  }

  void hears(String what) {
    heard.add(what);
  }

  void tag(JsonNode data) {
    tag = data;
  }

  /** The leg as it is now, for a hook. */
  ObjectNode body() {
    End end = ended.getNow(null);
    ObjectNode body =
        end == null
            ? bodies.leg(answered ? "in-progress" : "trying", answered ? 200 : 100)
            : bodies.leg(end.status(), end.code()).put("call_termination_by", end.by());
    if (tag != null) {
      body.set("customerData", tag);
    }
    return body;
  }

  void ring() {
    if (!answered) {
      peer.rings();
    }
  }

  void answer() throws InterruptedException {
    if (!answered && !isOver()) {
      answered = true;
      peer.answered();
      hooks.status(body());
    }
  }

  /** Jambonz refuses it, unless it was answered. */
  void decline(int code) throws InterruptedException {
    if (!answered && ended.complete(new End("failed", code, "jambonz"))) {
      peer.refused(code);
      tellEnd();
    }
  }

  /** Jambonz has nothing more to do for it. */
  void hangUp() throws InterruptedException {
    if (!answered) {
      decline(603);
    } else if (ended.complete(new End("completed", 200, "jambonz"))) {
      peer.hungUp();
      tellEnd();
    }
  }

  /** The far end hung up, or gave up before it was answered. */
  void left() {
    ended.complete(
        answered ? new End("completed", 200, "caller") : new End("no-answer", 487, "caller"));
  }

  /** Is run when the leg is over, on any thread. */
  void onEnd(Runnable task) {
    Future<?> unused = ended.thenRun(task);
  }

  /** Waits until the leg is over, something else happened, or the time is up. */
  void await(CompletableFuture<?> other, Duration longest) throws InterruptedException {
    try {
      CompletableFuture.anyOf(ended, other).get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException timeIsUp) {
      return;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    } finally {
      tellEnd();
    }
  }

  /** Posts the last status, once, as soon as the leg is over. */
  void tellEnd() throws InterruptedException {
    if (isOver() && !endTold) {
      endTold = true;
      hooks.status(body());
    }
  }

  End end() {
    return ended.join();
  }
}
