package io.voicegateway;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** The real routes over real HTTP, on the sandbox unless the test sets a LiveKit of its own. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@SpringBootTest(
    classes = Gateway.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "gateway.port=0",
      "gateway.routes-watch=0",
      "gateway.ops.password=s3cret",
      // its names are the process's, and a test that ends would take another's away
      "gateway.jmx=false",
      "gateway.records.url=jdbc:h2:mem:${random.uuid}",
      "gateway.dead-letters.directory=target/dead-letters/others",
      "gateway.plan.file=src/test/resources/plan.yaml",
      "gateway.plan.agent=voice-agent",
      "gateway.plan.fallback=",
      "gateway.plan.country=",
      // the same caller fails again and again in most tests
      "gateway.admission.storms=false",
      "logging.level.io.voicegateway=info"
    })
public @interface GatewayTest {}
