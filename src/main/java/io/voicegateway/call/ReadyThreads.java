package io.voicegateway.call;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads for work that somebody waits for: it begins at once, or it is refused. */
public final class ReadyThreads {

  private static final int IDLE_SECONDS = 10;

  private ReadyThreads() {}

  /**
   * Makes them; what comes while all are at work meets a {@link RejectedExecutionException}.
   *
   * @param most how many may be at work
   * @param name of each, for whoever looks at the process
   */
  public static ExecutorService upTo(int most, String name) {
    return new ThreadPoolExecutor(
        0,
        most,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        work -> {
          Thread thread = new Thread(work, name);
          thread.setDaemon(true);
          return thread;
        });
  }
}
