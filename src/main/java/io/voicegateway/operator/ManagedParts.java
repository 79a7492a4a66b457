package io.voicegateway.operator;

import io.voicegateway.call.Managed;
import java.util.List;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jmx.export.annotation.AnnotationMBeanExporter;
import org.springframework.jmx.support.RegistrationPolicy;
import org.springframework.stereotype.Component;

/** Shows parts of the gateway in JMX once it serves, so that no start waits for it. */
@Component
@ConditionalOnProperty("gateway.jmx")
final class ManagedParts implements DisposableBean {

  private final List<Managed> parts;
  private final AnnotationMBeanExporter jmx = new AnnotationMBeanExporter();

  ManagedParts(List<Managed> parts) {
    this.parts = parts;
    jmx.setAutodetect(false);
    jmx.setEnsureUniqueRuntimeObjectNames(false);
    jmx.setRegistrationPolicy(RegistrationPolicy.REPLACE_EXISTING);
  }

  @EventListener(ApplicationReadyEvent.class)
  void show() {
    jmx.afterPropertiesSet();
    parts.forEach(jmx::registerManagedResource);
  }

  @Override
  public void destroy() {
    jmx.destroy();
  }
}
