package io.voicegateway.console.web;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The templates in {@code src/main/jte}, compiled with the code. */
@Configuration(proxyBeanMethods = false)
class Pages {

  @Bean
  Templates templates() {
    return new StaticTemplates();
  }
}
