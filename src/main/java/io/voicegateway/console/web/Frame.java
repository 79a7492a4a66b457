package io.voicegateway.console.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands around every page.
 *
 * @param tab the page's place in the navigation
 * @param outage whose outage switches are on, in words; empty for none
 * @param rejected where edits stand that are not served
 * @param csrf the token that a form must bring along, null where none is asked for
 */
record Frame(
    String title,
    Tab tab,
    Visitor visitor,
    String outage,
    List<String> rejected,
    @Nullable String csrf) {

  /** The pages of the navigation. */
  enum Tab {
    LIVE("/", "Live"),
    CALLS("/console/calls", "Calls"),
    LETTERS("/console/letters", "Dead letters"),
    SWITCHES("/console/switches", "Outage switch"),
    ROUTES("/console/routes", "Routes"),
    DOCTOR("/console/doctor", "Doctor");

    private final String path;
    private final String label;

    Tab(String path, String label) {
      this.path = path;
      this.label = label;
    }

    String path() {
      return path;
    }

    String label() {
      return label;
    }
  }
}
