package io.voicegateway.sandbox;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread on which all state of the sandbox is read and changed. */
final class Loop implements Executor, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, task -> daemon(task, "sandbox-livekit"));

  Loop() {
    thread.setRemoveOnCancelPolicy(true);
  }

  static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Runs a task soon; after the end of the sandbox nothing happens any more. */
  @Override
  public void execute(Runnable task) {
    try {
      thread.execute(logged(task));
    } catch (RejectedExecutionException e) {
      LOG.debug("the sandbox is closed");
    }
  }

  void run(Duration delay, Runnable task) {
    Future<?> unused = after(delay, task);
  }

  /** A task to come, which can be cancelled. */
  Future<?> after(Duration delay, Runnable task) {
    return thread.schedule(logged(task), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** A stage that fails with the given error after the delay. */
  <T> CompletionStage<T> failAfter(Duration delay, Throwable error) {
    CompletableFuture<T> stage = new CompletableFuture<>();
    Future<?> timer = after(delay, () -> stage.completeExceptionally(error));
    return stage.whenComplete((value, failure) -> timer.cancel(false));
  }

  /** Asks on the loop's thread and waits for the answer; not to be called on that thread. */
  <T> T ask(Supplier<T> question) {
    return CompletableFuture.supplyAsync(question, thread).join();
  }

  <T> CompletableFuture<T> askLater(Supplier<? extends CompletionStage<T>> question) {
    return CompletableFuture.supplyAsync(question, thread).thenCompose(stage -> stage);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private static Runnable logged(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException e) {
        LOG.error("a step of the sandbox failed", e);
      }
    };
  }
}
