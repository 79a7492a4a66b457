package io.voicegateway.outbound;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The threads of calls that agents place, each of which waits until the person answers: not those
 * of ring-backs, for which callers wait.
 */
@Configuration(proxyBeanMethods = false)
class CallingThreads {

  @Bean(destroyMethod = "shutdownNow")
  ExecutorService callingOut(OutboundLimits limits) {
    return new ThreadPoolExecutor(
        0,
        Math.max(1, limits.mostAtOnce()),
        10,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> {
          Thread thread = new Thread(task, "calling-out");
          thread.setDaemon(true);
          return thread;
        });
  }
}
