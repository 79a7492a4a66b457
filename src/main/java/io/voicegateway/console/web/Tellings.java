package io.voicegateway.console.web;

import io.voicegateway.call.Newest;
import io.voicegateway.console.web.LetterPages.Told;
import java.util.Map;
import java.util.UUID;

/** What was told of late, for the page to which whoever sent a form is led. */
final class Tellings {

  private static final int MOST = 100;

  private final Map<String, Told> kept = Newest.map(MOST);

  /** A name for it, which nobody can guess. */
  String keep(Told told) {
    String name = UUID.randomUUID().toString();
    kept.put(name, told);
    return name;
  }

  /** Nothing when nobody knows it any more. */
  Told of(String name) {
    return kept.getOrDefault(name, Told.NOTHING);
  }
}
