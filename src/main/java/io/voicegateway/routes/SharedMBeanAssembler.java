package io.voicegateway.routes;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.modelmbean.InvalidTargetObjectTypeException;
import javax.management.modelmbean.ModelMBean;
import javax.management.modelmbean.ModelMBeanInfo;
import javax.management.modelmbean.RequiredModelMBean;
import org.apache.camel.CamelContext;
import org.apache.camel.api.management.ManagedInstance;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.api.management.NotificationSenderAware;
import org.apache.camel.support.management.DefaultManagementMBeanAssembler;

/**
 * Describes the parts of the routes to JMX, those of a class once. Camel describes each of the
 * nearly thousand anew, in some 40 KB.
 */
final class SharedMBeanAssembler extends DefaultManagementMBeanAssembler {

  private static final Map<Class<?>, ModelMBeanInfo> DESCRIPTIONS = new ConcurrentHashMap<>();

  SharedMBeanAssembler(CamelContext camel) {
    super(camel);
  }

  @Override
  public ModelMBean assemble(MBeanServer server, Object part, ObjectName name) throws JMException {
    if (!isLikeAllOfItsClass(part)) {
      return super.assemble(server, part, name);
    }
    ModelMBeanInfo description = DESCRIPTIONS.get(part.getClass());
    if (description == null) {
      description = assembler.getMBeanInfo(camelContext, part, null, name.toString());
      DESCRIPTIONS.put(part.getClass(), description);
    }
    RequiredModelMBean bean = new RequiredModelMBean(description);
    try {
      bean.setManagedResource(part, "ObjectReference");
    } catch (InvalidTargetObjectTypeException impossible) {
      throw new JMException(impossible.getMessage());
    }
    return bean;
  }

  /** Not so what it shows of an object of ours, or tells of by itself. */
  private static boolean isLikeAllOfItsClass(Object part) {
    if (part instanceof NotificationSenderAware) {
      return false;
    }
    return !(part instanceof ManagedInstance shown)
        || shown.getInstance() == null
        || !shown.getInstance().getClass().isAnnotationPresent(ManagedResource.class);
  }
}
