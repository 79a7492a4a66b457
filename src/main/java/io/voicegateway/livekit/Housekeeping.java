package io.voicegateway.livekit;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The threads that take what is done beside the calls to {@link ProjectThreads}. They wait for no
 * LiveKit.
 */
@Configuration(proxyBeanMethods = false)
class Housekeeping {

  private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);
  private static final int THREADS = 4;
  private static final int MOST_WAITING = 1000;

  @Bean(destroyMethod = "shutdownNow")
  ExecutorService besideTheCalls() {
    return new ThreadPoolExecutor(
        THREADS,
        THREADS,
        1,
        TimeUnit.MINUTES,
        new ArrayBlockingQueue<>(MOST_WAITING),
        task -> {
          Thread thread = new Thread(task, "beside-the-calls");
          thread.setDaemon(true);
          return thread;
        },
        (task, full) ->
            log.warn("Too much is to be done beside the calls: a room is left to its end"));
  }
}
