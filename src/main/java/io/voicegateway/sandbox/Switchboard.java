package io.voicegateway.sandbox;

import io.voicegateway.jambonz.VerbRules;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * What all legs of one Jambonz share.
 *
 * @param persons how persons answer, by the number or SIP address they are dialled by
 * @param conferences those with somebody in them, by name
 */
record Switchboard(
    SandboxLiveKit livekit,
    HookPost hooks,
    VerbRules rules,
    Consumer<SandboxEvent> listener,
    Map<String, Person> persons,
    Map<String, Conference> conferences) {

  Switchboard(SandboxLiveKit livekit, HookPost hooks, Consumer<SandboxEvent> listener) {
    this(
        livekit,
        hooks,
        new VerbRules(),
        listener,
        new ConcurrentHashMap<>(),
        new ConcurrentHashMap<>());
  }

  /** Takes a leg into the conference of that name, which may begin with it. */
  Conference join(String name, JambonzLeg leg) {
    return conferences.compute(
        name, (key, open) -> (open == null ? new Conference(name) : open).with(leg));
  }

  /** Takes a leg out of its conference. */
  void leave(Conference conference, JambonzLeg leg, boolean endsIt) {
    conferences.computeIfPresent(
        conference.name(), (key, open) -> open.without(leg, endsIt) ? open : null);
  }
}
