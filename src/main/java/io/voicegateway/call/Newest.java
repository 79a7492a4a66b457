package io.voicegateway.call;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Sets and maps of the newest only, for several threads: what came first is forgotten first. */
public final class Newest {

  private Newest() {}

  /** An empty set for so many. */
  public static Set<String> of(int most) {
    return Collections.newSetFromMap(map(most));
  }

  /** An empty map for so many. */
  public static <V> Map<String, V> map(int most) {
    return Collections.synchronizedMap(
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > most;
          }
        });
  }
}
