package io.voicegateway.livekit;

import io.voicegateway.call.ReadyThreads;
import java.util.concurrent.ExecutorService;
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
    return ReadyThreads.upTo(MOST, "ringing-out");
  }
}
