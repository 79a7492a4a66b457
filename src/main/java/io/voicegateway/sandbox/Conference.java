package io.voicegateway.sandbox;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Legs that hear each other. */
final class Conference {

  private final String name;
  private final List<JambonzLeg> legs = new CopyOnWriteArrayList<>();
  private final CompletableFuture<@Nullable Void> over = new CompletableFuture<>();

  Conference(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  int size() {
    return legs.size();
  }

  /** Completes when somebody left with whom the conference ends. */
  CompletableFuture<@Nullable Void> over() {
    return over;
  }

  Conference with(JambonzLeg leg) {
    legs.add(leg);
    return this;
  }

  /** Whether it goes on without this leg. */
  boolean without(JambonzLeg leg, boolean endsIt) {
    legs.remove(leg);
    if (endsIt) {
      over.complete(null);
    }
    return !over.isDone() && !legs.isEmpty();
  }

  /** Whether this leg hears an agent. */
  boolean isAgentHeardBy(JambonzLeg listener) {
    return legs.stream().anyMatch(leg -> leg != listener && leg.bringsAgent());
  }
}
