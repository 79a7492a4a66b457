package io.voicegateway.sandbox;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Passes the sandbox's events on to whoever listens. */
public final class SandboxEvents implements Consumer<SandboxEvent> {

  private final List<Consumer<SandboxEvent>> listeners = new CopyOnWriteArrayList<>();

  /** From now on the listener is told of every event. */
  public void subscribe(Consumer<SandboxEvent> listener) {
    listeners.add(listener);
  }

  @Override
  public void accept(SandboxEvent event) {
    listeners.forEach(listener -> listener.accept(event));
  }
}
