package io.voicegateway.jambonz;

import io.voicegateway.call.ReadyThreads;
import java.util.concurrent.ExecutorService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The threads by which callers are taken out who sit alone: they hear nothing until then. */
@Configuration(proxyBeanMethods = false)
class AloneCallersThreads {

  private static final int MOST = 64;

  @Bean(destroyMethod = "shutdownNow")
  ExecutorService takingOut() {
    return ReadyThreads.upTo(MOST, "taking-out");
  }
}
