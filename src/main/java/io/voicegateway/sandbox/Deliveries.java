package io.voicegateway.sandbox;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands messages to one receiver, in order, on threads of a pool: a slow receiver delays itself.
 */
final class Deliveries<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

  private final Consumer<T> receiver;
  private final Executor pool;
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  Deliveries(Consumer<T> receiver, Executor pool) {
    this.receiver = receiver;
    this.pool = pool;
  }

  synchronized void send(T message) {
    last = last.thenRunAsync(() -> deliver(message), pool);
  }

  private void deliver(T message) {
    try {
      receiver.accept(message);
    } catch (RuntimeException e) {
      LOG.warn("a listener of the sandbox failed on {}", message, e);
    }
  }
}
