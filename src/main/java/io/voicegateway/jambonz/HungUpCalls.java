package io.voicegateway.jambonz;

import io.voicegateway.call.Newest;
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

  private final Set<String> sids = Newest.of(MOST);

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
}
