package io.voicegateway.livekit;

import io.voicegateway.call.ReadyThreads;
import io.voicegateway.project.SharedThreads;
import java.util.concurrent.ExecutorService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The threads of requests that wait until somebody answers, a tenth of a second for Jambonz. When
 * all wait, the next is refused at once, and its caller gets the next rung. One project's LiveKit
 * holds no more than its share.
 */
@Configuration(proxyBeanMethods = false)
class RingBackThreads {

  @Bean(destroyMethod = "shutdownNow")
  ExecutorService ringingOut(SharedThreads threads) {
    return ReadyThreads.upTo(threads.ringBacks(), "ringing-out");
  }
}
