package io.voicegateway.jambonz;

import io.voicegateway.call.Call;
import io.voicegateway.call.Ladder;
import io.voicegateway.call.RingBack;
import io.voicegateway.call.Rung;
import io.voicegateway.jambonz.LegTokens.Errand;
import io.voicegateway.project.Projects;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Writes the verbs of a ring-back. The caller stays unanswered and hears it ring, and Jambonz asks
 * again every {@value Cadence#SLICE_MS} ms, until LiveKit's leg is in the conference; then he joins
 * it. Whoever waits in a queue instead is answered first, and hears his agent a second later (seen
 * on a real Jambonz).
 */
@Component("waitingVerbs")
final class WaitingVerbs {

  private static final Logger log = LoggerFactory.getLogger(WaitingVerbs.class);

  /** What the caller gets when Jambonz does not reach us any more. */
  private static final Verb.Decline LOST = new Verb.Decline(480);

  private static final List<String> START = List.of("start");
  private static final List<String> EVENTS = List.of("join", "leave");

  private final RingBacks ringBacks;
  private final DialState state;
  private final Projects projects;
  private final Clock clock;
  private final String publicUrl;

  WaitingVerbs(
      RingBacks ringBacks,
      DialState state,
      Projects projects,
      Clock clock,
      JambonzSettings jambonz) {
    this.ringBacks = ringBacks;
    this.state = state;
    this.projects = projects;
    this.clock = clock;
    this.publicUrl = jambonz.publicUrl();
  }

  /**
   * For a new call: the wait begins.
   *
   * @throws NoWayBack when its project's LiveKit cannot ring back to it
   */
  Answer first(@Body Call call) {
    Answer answer = begin(call, call.plan().fallback());
    if (answer.verbs().isEmpty()) {
      throw new NoWayBack(call.project());
    }
    return answer;
  }

  /**
   * The wait begins; nothing where LiveKit cannot ring back to the caller.
   *
   * @param otherwise what is left to try when LiveKit does not ring back
   */
  Answer begin(Call call, Ladder otherwise) {
    return begin(call, Rung.CALLBACK, otherwise);
  }

  /**
   * The same by another rung.
   *
   * @param rung as what the wait begins, for the call's record
   */
  Answer begin(Call call, String rung, Ladder otherwise) {
    if (projects.areSeveral() && !ringsBack(call)) {
      return Answer.NOTHING;
    }
    RingBack ringBack = ringBacks.begin(call, otherwise);
    log.info("call={} answer: wait until LiveKit rings back into {}", call.sid(), call.room());
    List<Verb> verbs = new ArrayList<>();
    verbs.add(new Verb.Tag(new LegTag(call.sid(), LegTag.CALLER, ringBack.attempt())));
    verbs.addAll(wait(ringBack, state.seal(ringBack, otherwise)));
    return new Answer(rung, verbs, ringBack);
  }

  private boolean ringsBack(Call call) {
    return projects.ringsBackInto(call.origin().accountSid(), projects.of(call.project()));
  }

  /** The wait goes on. */
  Answer again(
      @ExchangeProperty("ringBack") RingBack ringBack, @Header("then") @Nullable String then) {
    return new Answer(Rung.CALLBACK, wait(ringBack, String.valueOf(then)));
  }

  /** A hook that fails, or is not answered with verbs, is asked once more before all is lost. */
  private List<Verb> wait(RingBack ringBack, String then) {
    Verb.Play ring =
        new Verb.Play(
            Cadence.of(ringBack.call().plan().ringback()).at(ringBack.since(), clock.instant()),
            true);
    Verb.Redirect ask = new Verb.Redirect(hook("waiting", then));
    return List.of(ring, ask, ring, ask, LOST, new Verb.Hangup());
  }

  /**
   * LiveKit's leg is there: the caller joins it. A conference tells its status to the hook of
   * whoever begins it (jambonz-feature-server, tasks/conference.js): his own is told of its start
   * when the leg was gone already, and he sits alone in a new one.
   */
  Answer join(
      @ExchangeProperty("ringBack") RingBack ringBack, @Header("then") @Nullable String then) {
    log.info("call={} joins the leg by which LiveKit rang back", ringBack.call().sid());
    return new Answer(
        Rung.CALLBACK,
        List.of(
            new Verb.Conference(
                ringBack.conference(),
                true,
                START,
                hook("status", String.valueOf(then)),
                hook("dial", String.valueOf(then))),
            new Verb.Hangup()));
  }

  /** For LiveKit's leg. */
  List<Verb> leg(@Body Errand errand) {
    log.info("call={} LiveKit's leg arrived", errand.callSid());
    return List.of(
        new Verb.Tag(new LegTag(errand.callSid(), LegTag.LIVEKIT, errand.attempt())),
        new Verb.Conference(
            RingBack.conference(errand.attempt()),
            true,
            EVENTS,
            publicUrl + "/livekit-api/status",
            null),
        new Verb.Hangup());
  }

  /** Where Jambonz asks what to do with a caller who waits. */
  String hook(String name, String then) {
    return publicUrl + "/livekit-api/" + name + "?then=" + then;
  }
}
