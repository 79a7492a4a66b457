package io.voicegateway.livekit;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.voicegateway.call.RareWarning;
import io.voicegateway.call.record.CallEvent;
import io.voicegateway.call.record.CallEvents;
import io.voicegateway.call.record.Finding;
import io.voicegateway.livekit.RoomLook.Sight;
import io.voicegateway.livekit.api.LiveKitFailure;
import io.voicegateway.livekit.api.RoomRequests;
import io.voicegateway.project.LiveKitSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done for a caller whom no agent talks to. No sound of the agent after {@code patience}:
 * one look, and another agent is asked to come once. The agent left in mid-call: after {@code
 * grace} another one is asked once; when he is not heard either, the room ends, so that Jambonz
 * asks what to do with the caller. Each project has threads and a rate of its own for that.
 */
final class AgentRescue {

  private static final Logger log = LoggerFactory.getLogger(AgentRescue.class);
  private static final int THREADS = 4;

  /** While somebody who was called in talks to the caller, the agent may be gone. */
  private static final Duration IN_COMPANY = Duration.ofMinutes(1);

  /** In which the other gateways learn that the room ends for want of an agent. */
  private static final Duration TOLD = Duration.ofMillis(300);

  /** A rescue takes four requests: it may have a quarter of what LiveKit's API allows. */
  private static final int SHARE = 16;

  private static final int MOST_LOOKS_A_MINUTE = 600;

  private final AgentWatchSettings settings;
  private final RoomRequests rooms;
  private final RoomLook look;
  private final AgentHealth agents;
  private final LeftAloneCalls leftAlone;
  private final CallEvents record;
  private final Clock clock;
  private final RateLimiter looks;
  private final RareWarning overload;
  private final ScheduledThreadPoolExecutor timers;

  AgentRescue(
      AgentWatchSettings settings,
      LiveKitSettings livekit,
      RoomRequests rooms,
      RoomLook look,
      AgentHealth agents,
      LeftAloneCalls leftAlone,
      CallEvents record,
      Clock clock) {
    this.settings = settings;
    this.rooms = rooms;
    this.look = look;
    this.agents = agents;
    this.leftAlone = leftAlone;
    this.record = record;
    this.clock = clock;
    int allowed = livekit.mostRequestsAMinute();
    this.looks = looks(allowed == 0 ? MOST_LOOKS_A_MINUTE : Math.max(1, allowed / SHARE));
    this.overload = new RareWarning(clock);
    this.timers =
        new ScheduledThreadPoolExecutor(
            THREADS, AgentRescue::daemon, new ThreadPoolExecutor.DiscardPolicy());
    timers.setRemoveOnCancelPolicy(true);
  }

  /**
   * The agent was asked to come.
   *
   * @param active whether agents are watched, asked when the patience is over
   */
  void awaitFirstSound(WatchedCall call, BooleanSupplier active) {
    after(
        settings.patience(),
        call,
        silent -> {
          if (active.getAsBoolean()) {
            silentAtFirst(silent);
          } else {
            silent.end();
          }
        });
  }

  /**
   * Nobody talks to the caller any more.
   *
   * @param forLong whether that is so for longer than an agent takes to come back
   */
  void agentLeft(WatchedCall call, boolean forLong) {
    if (call.hasCaller()) {
      after(forLong ? Duration.ZERO : settings.grace(), call, this::alone);
    } else {
      after(settings.patience(), call, this::silentAtFirst);
    }
  }

  /** The same, of a call that another gateway may see to: it has the first turn. */
  void agentOfAnotherGatewayLeft(WatchedCall call) {
    after(settings.grace().plus(settings.patience()), call, this::aloneUnlessHelped);
  }

  /** Takes agents out of the room that came too late. */
  void sendAway(WatchedCall call, List<String> tooMany) {
    for (String identity : tooMany) {
      Future<?> unused = after(Duration.ZERO, () -> remove(call, identity));
    }
  }

  private void remove(WatchedCall call, String identity) {
    if (rooms.remove(call.room(), identity)) {
      log.info("call={} an agent that came too late was removed", call.sid());
    }
  }

  /** Nobody was heard yet. */
  private void silentAtFirst(WatchedCall call) {
    Finding finding = lookFor(call).finding();
    if (finding == Finding.UNKNOWN && call.mayLookAgain()) {
      after(settings.patience(), call, this::silentAtFirst);
    } else if (isMissing(finding) && call.mayAsk(clock.instant())) {
      record.tell(new CallEvent.Looked(call.sid(), clock.instant(), finding));
      agents.missing(call.agent());
      ask(call, finding.words());
    }
  }

  /** The agent left the caller in mid-call. */
  private void alone(WatchedCall call) {
    if (!isAloneIndeed(call, this::alone)) {
      return;
    }
    agents.missing(call.agent());
    if (call.mayReplace(clock.instant())) {
      after(settings.patience(), call, this::stillAlone);
      ask(call, "the agent left in mid-call");
    } else {
      end(call);
    }
  }

  private void aloneUnlessHelped(WatchedCall call) {
    boolean helped = rooms.dispatches(call.room()).size() > 1;
    if (helped) {
      after(settings.patience(), call, this::stillAlone);
    } else {
      alone(call);
    }
  }

  private void stillAlone(WatchedCall call) {
    if (isAloneIndeed(call, this::stillAlone)) {
      end(call);
    }
  }

  /** Looks, because webhooks may be lost; again later, when LiveKit could not be asked. */
  private boolean isAloneIndeed(WatchedCall call, Consumer<WatchedCall> again) {
    Sight sight = lookFor(call);
    if (sight.finding() == Finding.UNKNOWN) {
      after(settings.patience(), call, again);
      return false;
    }
    if (sight.people() == 0) {
      call.end();
      return false;
    }
    if (sight.people() > 1 && call.isSilent()) {
      after(IN_COMPANY, call, again);
      return false;
    }
    return isMissing(sight.finding());
  }

  private Sight lookFor(WatchedCall call) {
    if (!looks.acquirePermission()) {
      if (overload.isDue()) {
        log.warn(
            "Not every caller without an agent is helped: more than {} in a minute",
            looks.getRateLimiterConfig().getLimitForPeriod());
      }
      return Sight.NONE;
    }
    Sight sight = look.at(call.room());
    switch (sight.finding()) {
      case AGENT_READY -> call.somebodyIsHeard();
      case NO_ROOM -> call.end();
      case NO_WORKER, AGENT_MISSING, AGENT_SILENT, UNKNOWN -> {}
    }
    return sight;
  }

  private static boolean isMissing(Finding finding) {
    return switch (finding) {
      case NO_WORKER, AGENT_MISSING, AGENT_SILENT -> true;
      case NO_ROOM, AGENT_READY, UNKNOWN -> false;
    };
  }

  private void ask(WatchedCall call, String why) {
    log.warn("call={} agent {}: {}", call.sid(), call.agent(), why);
    rooms.dispatch(call.room(), call.backup(), call.metadata());
    record.tell(new CallEvent.Rescued(call.sid(), clock.instant(), call.backup(), why));
  }

  private void end(WatchedCall call) {
    log.warn("call={} the caller is alone and nobody comes: its room ends", call.sid());
    leftAlone.add(call.sid());
    record.tell(new CallEvent.LeftAlone(call.sid(), clock.instant()));
    after(TOLD, call, this::deleteRoom);
  }

  private void deleteRoom(WatchedCall call) {
    try {
      rooms.delete(call.room());
      call.end();
    } catch (LiveKitFailure undone) {
      log.warn("call={} its room could not be ended yet: {}", call.sid(), undone.getMessage());
      after(settings.patience(), call, this::stillAlone);
    }
  }

  /** What comes next for a call that is silent then; in place of what was to come. */
  private void after(Duration delay, WatchedCall call, Consumer<WatchedCall> step) {
    call.next(
        after(
            delay,
            () -> {
              if (call.isSilent()) {
                step.accept(call);
              }
            }));
  }

  private Future<?> after(Duration delay, Runnable step) {
    return timers.schedule(() -> undisturbed(step), delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void undisturbed(Runnable step) {
    try {
      step.run();
    } catch (LiveKitFailure undone) {
      log.warn("An agent could not be seen to: {}", undone.getMessage());
    } catch (RuntimeException unforeseen) {
      log.error("A step of an agent's rescue failed", unforeseen);
    }
  }

  private static RateLimiter looks(int aMinute) {
    return RateLimiter.of(
        "looks",
        RateLimiterConfig.custom()
            .limitForPeriod(aMinute)
            .limitRefreshPeriod(Duration.ofMinutes(1))
            .timeoutDuration(Duration.ZERO)
            .build());
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "agent-rescue");
    thread.setDaemon(true);
    return thread;
  }

  void close() {
    timers.shutdownNow();
  }
}
