package io.voicegateway.call;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A set for several threads that forgets the eldest when there are too many. */
public final class Newest {

  private Newest() {}

  /** An empty one for so many. */
  public static Set<String> of(int most) {
    return Collections.synchronizedSet(
        Collections.newSetFromMap(
            new LinkedHashMap<>() {
              private static final long serialVersionUID = 1L;

              @Override
              protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > most;
              }
            }));
  }
}
