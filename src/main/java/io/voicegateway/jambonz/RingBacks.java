package io.voicegateway.jambonz;

import io.voicegateway.call.Call;
import io.voicegateway.call.Ladder;
import io.voicegateway.call.Newest;
import io.voicegateway.call.NotAnswered;
import io.voicegateway.call.NotAsked;
import io.voicegateway.call.Progress;
import io.voicegateway.call.RingBack;
import io.voicegateway.call.record.HeardAgents;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The callers for whom LiveKit rings back, as far as this gateway was told. Whatever it does not
 * know, because another instance was told, LiveKit can be asked.
 */
@Component("ringBacks")
final class RingBacks {

  /** A hook that Jambonz posts once more, as it got no answer, is the same wait. */
  private static final Duration POSTED_AGAIN = Duration.ofSeconds(10);

  /** After this nobody asks for a caller whose wait is over. */
  private static final Duration ASKED_AGAIN = Duration.ofMinutes(1);

  /** LiveKit heard Jambonz answer; the leg is in the conference some moments later. */
  private static final Duration ON_THE_WAY = Duration.ofMillis(300);

  /** The gap between two looks at LiveKit for one caller grows up to this. */
  private static final Duration LONGEST_GAP = Duration.ofSeconds(2);

  private static final Duration FIRST_GAP = Duration.ofMillis(200);
  private static final int MOST = 20_000;

  /** By their names: a caller may have waited before, for another project's LiveKit. */
  private final Map<String, Attempt> attempts = Newest.map(MOST);

  private final Set<String> gone = Newest.of(MOST);
  private final RingBackNames names;
  private final HeardAgents agents;
  private final Clock clock;
  private final Instant started;
  private volatile boolean othersAnswer;

  RingBacks(RingBackNames names, HeardAgents agents, Clock clock) {
    this.names = names;
    this.agents = agents;
    this.clock = clock;
    this.started = clock.instant();
  }

  /** What is known of one ring-back. */
  private static final class Attempt {
    private final RingBack ringBack;
    private volatile @Nullable Instant answered;
    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile boolean arrived;
    private volatile boolean failed;
    private volatile boolean heldBack;
    private volatile int sip;
    private volatile boolean over;
    private volatile Instant lastAsk;
    private volatile Instant nextLook = Instant.MIN;
    private volatile Duration gap = FIRST_GAP;

    Attempt(RingBack ringBack, Instant now) {
      this.ringBack = ringBack;
      this.lastAsk = now;
    }

    boolean isOf(@Nullable String callSid) {
      return ringBack.call().sid().equals(callSid);
    }

    boolean isDone(Instant then) {
      return over && lastAsk.isBefore(then);
    }

    boolean isLegThere(Instant now) {
      Instant since = answered;
      return arrived || (since != null && now.isAfter(since.plus(ON_THE_WAY)));
    }
  }

  /**
   * A new wait begins, unless the same hook began it already.
   *
   * @param after what ended before, empty for a new call
   * @param otherwise what is left to try when LiveKit does not ring back
   */
  RingBack begin(Call call, String after, Ladder otherwise) {
    Instant now = clock.instant();
    String name = names.of(call, after, otherwise);
    return attempts.compute(
            name,
            (same, before) ->
                before != null && before.ringBack.since().isAfter(now.minus(POSTED_AGAIN))
                    ? before
                    : new Attempt(new RingBack(call, name, now), now))
        .ringBack;
  }

  /** Whether LiveKit need not be asked: it was, by the same hook posted before, or nobody waits. */
  boolean isAsked(@ExchangeProperty("ringBack") RingBack ringBack) {
    return isCallerGone(ringBack.call().sid()) || known(ringBack).asked.getAndSet(true);
  }

  /** Jambonz answered LiveKit's call. */
  void answered(@ExchangeProperty("ringBack") RingBack ringBack) {
    known(ringBack).answered = clock.instant();
  }

  /** LiveKit did not call, or Jambonz did not let it in. */
  void failed(
      @ExchangeProperty("ringBack") RingBack ringBack,
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) @Nullable Exception why) {
    Attempt attempt = known(ringBack);
    attempt.sip = why instanceof NotAnswered farEnd ? farEnd.sip() : 0;
    attempt.heldBack = why instanceof NotAsked;
    attempt.failed = true;
  }

  /** Whether the caller left in the meantime, as far as this gateway was told. */
  boolean isCallerGone(String callSid) {
    return gone.contains(callSid);
  }

  /** What Jambonz tells of the leg by which LiveKit rings back, and of a caller who waits. */
  void heard(@Body CallHook hook) {
    LegTag tag = hook.tag();
    if (hook.isGoneWhileWaiting()) {
      Attempt left = named(tag, hook.callSid());
      gone.add(String.valueOf(hook.callSid()));
      if (left != null) {
        left.over = true;
      }
    }
    if (tag == null || !tag.isLiveKit()) {
      return;
    }
    Attempt attempt = named(tag, tag.callSid());
    if (attempt == null) {
      return;
    }
    if ("join".equals(hook.event())) {
      attempt.arrived = true;
    } else if (hook.conferenceSid() == null && hook.isLegOver()) {
      attempt.failed = true;
    }
  }

  /** How far the ring-back has come that a caller waits for. */
  Progress progress(@ExchangeProperty("ringBack") RingBack ringBack) {
    Instant now = clock.instant();
    Attempt attempt = known(ringBack);
    attempt.lastAsk = now;
    if (attempt.heldBack) {
      return Progress.HELD_BACK;
    }
    if (attempt.failed || now.isAfter(ringBack.since().plus(ringBack.patience()))) {
      return Progress.FAILED;
    }
    if (attempt.isLegThere(now) && agents.isHeard(ringBack.call().sid())) {
      return Progress.READY;
    }
    return isLookDue(attempt, now) ? Progress.UNKNOWN : Progress.WAITING;
  }

  /** What Jambonz answered to LiveKit's call that failed; 0 when that is not known. */
  int sipOf(RingBack ringBack) {
    return known(ringBack).sip;
  }

  /** The caller does not wait any longer: he joins the leg, or gets something else. */
  void over(@ExchangeProperty("ringBack") RingBack ringBack) {
    known(ringBack).over = true;
  }

  /** Those that are not over, and whose callers have not asked since then. */
  List<RingBack> silentSince(Instant then) {
    synchronized (attempts) {
      attempts.values().removeIf(attempt -> attempt.isDone(then.minus(ASKED_AGAIN)));
      return attempts.values().stream()
          .filter(attempt -> !attempt.over && attempt.lastAsk.isBefore(then))
          .map(attempt -> attempt.ringBack)
          .toList();
    }
  }

  /** Whether other gateways answer callers as well, seen by one whose wait did not begin here. */
  boolean doOthersAnswer() {
    return othersAnswer;
  }

  /** Whether LiveKit's leg was answered, so that the caller may have been joined to it. */
  boolean isLegThere(RingBack ringBack) {
    return known(ringBack).isLegThere(clock.instant());
  }

  /** The caller is gone, though nobody told. */
  void gone(RingBack ringBack) {
    gone.add(ringBack.call().sid());
    over(ringBack);
  }

  /** The caller found no leg in the conference that he was to join. */
  void missed(@Body CallHook hook) {
    Attempt attempt = named(hook.tag(), hook.callSid());
    if (attempt != null) {
      attempt.failed = true;
    }
  }

  /** The ring-back of a tag, if it is that call's. */
  private @Nullable Attempt named(@Nullable LegTag tag, @Nullable String callSid) {
    Attempt attempt = tag == null ? null : attempts.get(String.valueOf(tag.attempt()));
    return attempt != null && attempt.isOf(callSid) ? attempt : null;
  }

  private static boolean isLookDue(Attempt attempt, Instant now) {
    if (now.isBefore(attempt.nextLook)) {
      return false;
    }
    attempt.nextLook = now.plus(attempt.gap);
    Duration twice = attempt.gap.multipliedBy(2);
    attempt.gap = twice.compareTo(LONGEST_GAP) > 0 ? LONGEST_GAP : twice;
    return true;
  }

  private Attempt known(RingBack ringBack) {
    return attempts.computeIfAbsent(ringBack.attempt(), name -> begunElsewhere(ringBack));
  }

  private Attempt begunElsewhere(RingBack ringBack) {
    if (ringBack.since().isAfter(started)) {
      othersAnswer = true;
    }
    return new Attempt(ringBack, clock.instant());
  }
}
