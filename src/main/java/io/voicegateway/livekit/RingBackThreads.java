package io.voicegateway.livekit;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The threads of requests that wait until somebody answers, a tenth of a second for Jambonz. When
 * all wait, the next is refused at once, and its caller gets the next rung.
 */
@Configuration(proxyBeanMethods = false)
class RingBackThreads {

  private static final int MOST = 200;

  @Bean(destroyMethod = "shutdownNow")
  ExecutorService ringingOut() {
    return new ThreadPoolExecutor(
        0,
        MOST,
        10,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> {
          Thread thread = new Thread(task, "ringing-out");
          thread.setDaemon(true);
          return thread;
        });
  }
}
