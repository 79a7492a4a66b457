package io.voicegateway.sandbox;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Tells the listener what happens, and counts. */
final class Events {
  private final Deliveries<SandboxEvent> listener;
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();
  private final Executor pool;

  Events(Consumer<SandboxEvent> listener, Executor pool) {
    this.listener = new Deliveries<>(listener, pool);
    this.pool = pool;
  }

  void tell(String what, String room, String detail) {
    counts.merge(what, 1, Integer::sum);
    listener.send(new SandboxEvent(Instant.now(), what, room, detail));
  }

  int count(String what) {
    return counts.getOrDefault(what, 0);
  }

  /** The pool on which listeners are called. */
  Executor pool() {
    return pool;
  }
}
