package io.voicegateway.jambonz;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Header;
import org.springframework.stereotype.Component;

/**
 * Calls that an operator ended a moment ago. Deleting the room of a call that rings looks to
 * Jambonz like a dial that failed, after which the caller would get the next rung.
 */
@Component("hungUpCalls")
final class HungUpCalls {

  private static final int MOST = 1000;

  private final Set<String> sids = Collections.synchronizedSet(Collections.newSetFromMap(newest()));

  /** Before the call is ended, as Jambonz tells within milliseconds. */
  void add(@Header("call_sid") String sid) {
    sids.add(sid);
  }

  /** It was not ended after all. */
  void remove(@Header("call_sid") String sid) {
    sids.remove(sid);
  }

  boolean contains(String sid) {
    return sids.contains(sid);
  }

  private static Map<String, Boolean> newest() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
        return size() > MOST;
      }
    };
  }
}
