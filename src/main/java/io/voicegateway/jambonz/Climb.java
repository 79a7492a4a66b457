package io.voicegateway.jambonz;

import io.voicegateway.call.Call;
import io.voicegateway.call.Ladder;
import io.voicegateway.call.Rung;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One caller's way down a ladder.
 *
 * @param sounds address of our announcements for Jambonz's media server, empty when not known
 * @param answered whether the caller's leg was answered, so that declining it does nothing
 * @param failed the way to the agent that failed before
 * @param late whether the caller has waited too long for anything but what ends at once
 */
record Climb(
    DialVerbs dials,
    WaitingVerbs waits,
    OperatorRungs own,
    ProjectRungs elsewhere,
    Call call,
    String sounds,
    boolean answered,
    Failed failed,
    boolean late) {

  /** A way that failed tells which other ways to the agent may still work. */
  enum Failed {
    /** Nothing is known of the call. */
    UNKNOWN,
    /** Its project is left alone; nothing has failed. */
    PROJECT,
    /** LiveKit's API did not make the room: SIP may work all the same, a ring-back cannot. */
    REGISTRATION,
    /** LiveKit did not take the dial: it may be able to call. */
    DIAL,
    /**
     * LiveKit did not ring back, or its agent was not heard. Its leg may still be in the room, and
     * beside another phone LiveKit answers a dial at once: into silence.
     */
    RING_BACK;

    /** Another LiveKit knows nothing of what failed, but a call that is not known is in none. */
    boolean leavesOtherProject(Call call) {
      return this == DIAL
          || this == RING_BACK
          || ((this == REGISTRATION || this == PROJECT) && call.plan().dialsLiveKit());
    }

    boolean leavesDial() {
      return this == REGISTRATION;
    }

    boolean leavesRingBack() {
      return this == DIAL;
    }

    /** The call is registered again before it goes back to an agent, but only after a dial. */
    boolean leavesAgent() {
      return this == DIAL;
    }
  }

  private static final Logger log = LoggerFactory.getLogger(Climb.class);

  /**
   * What all rungs may take together for which somebody is asked: the three seconds that a hook has
   * without the two that a registration may have taken, and a little for the rest.
   */
  static final Duration MOST_ASKING = Duration.ofMillis(800);

  /** In less nobody is asked any more, and the rungs behind are the caller's. */
  private static final Duration LEAST_ASKING = Duration.ofMillis(100);

  /** Temporarily unavailable. */
  private static final int DECLINE = 480;

  /**
   * Jambonz's SBC can lose a hang-up that follows an answer at once, and a sound or sentence that
   * cannot be played is skipped: so a second of silence stands between.
   */
  private static final Verb.Pause BEFORE_HANGUP = new Verb.Pause(1);

  /** The first rung that can be done; without one the caller is declined. */
  Answer down(Ladder ladder) {
    Answer first = first(ladder, ladder.rungs().size(), rung -> true);
    if (!first.verbs().isEmpty()) {
      return first;
    }
    log.warn("call={} answer: no fallback left, declined with {}", call.sid(), DECLINE);
    return answer(new Rung.Decline(DECLINE), Ladder.EMPTY, MOST_ASKING);
  }

  /**
   * What another project gives, whose rung stands before any dial without a registration; nothing
   * when none does.
   */
  Answer inOtherProject(Ladder ladder) {
    int before = ladder.before(Rung.DialAnyway.class).rungs().size();
    return first(ladder, before, Rung.InProject.class::isInstance);
  }

  private Answer first(Ladder ladder, int before, Predicate<Rung> wanted) {
    long begun = System.nanoTime();
    for (int i = 0; i < before; i++) {
      Rung rung = ladder.rungs().get(i);
      Duration left = MOST_ASKING.minusNanos(System.nanoTime() - begun);
      boolean tooLate = rung.asksSomebody() && left.compareTo(LEAST_ASKING) < 0;
      if (wanted.test(rung) && !tooLate) {
        Answer answer = answer(rung, ladder.after(i + 1), left);
        if (!answer.verbs().isEmpty()) {
          log.warn("call={} answer: fallback {}", call.sid(), rung.label());
          return answer;
        }
      }
    }
    return Answer.NOTHING;
  }

  private Answer answer(Rung rung, Ladder rest, Duration patience) {
    if (late && !rung.endsAtOnce()) {
      return Answer.NOTHING;
    }
    if (rung instanceof Rung.DialAnyway) {
      return failed.leavesDial() && dials.knowsLiveKit(call)
          ? dials.intoRoom(call, rung.label(), rest)
          : Answer.NOTHING;
    }
    if (rung instanceof Rung.Callback) {
      return failed.leavesRingBack() ? waits.begin(call, rest) : Answer.NOTHING;
    }
    if (rung instanceof Rung.Agent) {
      return failed.leavesAgent() ? dials.intoRoom(call, rung.label(), rest) : Answer.NOTHING;
    }
    if (rung instanceof Rung.InProject other) {
      return failed.leavesOtherProject(call)
          ? elsewhere.verbs(call, other, rest, patience)
          : Answer.NOTHING;
    }
    if (rung instanceof Rung.DialPerson person) {
      return dials.toPerson(call, person, rest);
    }
    if (rung instanceof Rung.OperatorsRoute route) {
      return own.verbs(call, route, rest, patience);
    }
    return new Answer(rung.label(), verbs(rung, rest));
  }

  private List<Verb> verbs(Rung rung, Ladder rest) {
    if (rung instanceof Rung.Notice notice) {
      return notice(notice.sound(), rest);
    }
    if (rung instanceof Rung.Say say) {
      return answering(new Verb.Say(say.text()), sounds.isEmpty() ? null : sound("notice"));
    }
    if (rung instanceof Rung.Play play) {
      return answering(new Verb.Play(play.url(), null), null);
    }
    return ending(((Rung.Decline) rung).code());
  }

  private List<Verb> notice(String name, Ladder rest) {
    if (sounds.isEmpty()) {
      return List.of();
    }
    Verb.Play play = answered ? sound(name) : new Verb.Play(sound(name).url(), true);
    return Stream.concat(Stream.of(play), ending(declineCode(rest)).stream()).toList();
  }

  private List<Verb> answering(Verb first, Verb.@Nullable Play second) {
    return second == null
        ? List.of(first, BEFORE_HANGUP, new Verb.Hangup())
        : List.of(first, second, BEFORE_HANGUP, new Verb.Hangup());
  }

  private List<Verb> ending(int code) {
    return answered ? List.of(BEFORE_HANGUP, new Verb.Hangup()) : Verb.declined(code);
  }

  private Verb.Play sound(String name) {
    return new Verb.Play(sounds + "/sounds/" + name + ".wav", null);
  }

  private static int declineCode(Ladder rest) {
    return rest.rungs().stream()
        .filter(Rung.Decline.class::isInstance)
        .mapToInt(rung -> ((Rung.Decline) rung).code())
        .findFirst()
        .orElse(DECLINE);
  }
}
