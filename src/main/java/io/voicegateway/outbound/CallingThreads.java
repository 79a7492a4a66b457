package io.voicegateway.outbound;

import io.voicegateway.call.ReadyThreads;
import java.util.concurrent.ExecutorService;
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
    return ReadyThreads.upTo(Math.max(1, limits.mostAtOnce()), "calling-out");
  }
}
