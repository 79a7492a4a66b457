package io.voicegateway;

import java.time.Clock;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** The gateway as a Spring Boot application. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class Gateway {
  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
