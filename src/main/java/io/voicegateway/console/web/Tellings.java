package io.voicegateway.console.web;

import io.voicegateway.console.web.LetterPages.Told;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** What was told of late, for the page to which whoever sent a form is led. */
final class Tellings {

  private static final int MOST = 100;

  private final Map<String, Told> kept =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Told> oldest) {
          return size() > MOST;
        }
      };

  /** A name for it, which nobody can guess. */
  synchronized String keep(Told told) {
    String name = UUID.randomUUID().toString();
    kept.put(name, told);
    return name;
  }

  /** Nothing when nobody knows it any more. */
  synchronized Told of(String name) {
    return kept.getOrDefault(name, Told.NOTHING);
  }
}
