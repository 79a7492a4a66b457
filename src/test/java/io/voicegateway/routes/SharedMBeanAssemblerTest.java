package io.voicegateway.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.modelmbean.ModelMBean;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class SharedMBeanAssemblerTest {

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final SharedMBeanAssembler assembler =
      new SharedMBeanAssembler(new DefaultCamelContext());

  /** A part of a route that counts. */
  @ManagedResource
  public static final class Step {
    private final int calls;

    Step(int calls) {
      this.calls = calls;
    }

    @ManagedAttribute(description = "Calls that passed")
    public int getCalls() {
      return calls;
    }
  }

  @Test
  void partsOfAClassShareTheirDescriptionAndEachShowsItsOwnValues() throws Exception {
    assembler.start();
    ModelMBean first = bean("first", new Step(1));
    ModelMBean second = bean("second", new Step(2));

    assertThat(first.getMBeanInfo().getAttributes()[0])
        .isSameAs(second.getMBeanInfo().getAttributes()[0]);
    assertThat(first.getAttribute("Calls")).isEqualTo(1);
    assertThat(second.getAttribute("Calls")).isEqualTo(2);
  }

  private ModelMBean bean(String name, Step step) throws Exception {
    return assembler.assemble(server, step, new ObjectName("test:name=" + name));
  }
}
