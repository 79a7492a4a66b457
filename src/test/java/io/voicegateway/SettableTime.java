package io.voicegateway;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** The gateway's time, which a test sets. */
@TestConfiguration(proxyBeanMethods = false)
class SettableTime {

  @Bean
  AtomicReference<Instant> now() {
    return new AtomicReference<>(Instant.now());
  }

  @Bean
  @Primary
  Clock clockOfTests(AtomicReference<Instant> now) {
    return new TestClock(now);
  }
}
