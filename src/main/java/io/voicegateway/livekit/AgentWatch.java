package io.voicegateway.livekit;

import io.voicegateway.call.Call;
import io.voicegateway.call.RareWarning;
import io.voicegateway.call.Registration;
import io.voicegateway.call.record.CallEvent;
import io.voicegateway.call.record.CallEvent.InRoom;
import io.voicegateway.call.record.CallEvents;
import io.voicegateway.call.record.Finding;
import io.voicegateway.call.record.LeftAlone;
import io.voicegateway.livekit.AgentWatchSettings.Watch;
import io.voicegateway.livekit.RoomLook.Sight;
import io.voicegateway.livekit.api.LiveKitFailure;
import io.voicegateway.livekit.api.RoomRequests;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.camel.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Sees to it that a caller has an agent. LiveKit tells nobody when none comes, and lets a caller
 * whose agent left sit in silence for ever (seen on a real LiveKit). Fed by the registration and
 * LiveKit's webhooks; a good call costs no request.
 *
 * <p>No sound of the agent after {@code patience}: one look, and another agent is asked to come
 * once. The agent left in mid-call: after {@code grace} another one is asked once; when he is not
 * heard either, the room ends, so that Jambonz asks what to do with the caller.
 */
@Component("agentWatch")
final class AgentWatch implements LeftAlone {

  private static final Logger log = LoggerFactory.getLogger(AgentWatch.class);
  private static final String CAME_BACK = "DUPLICATE_IDENTITY";
  private static final int THREADS = 4;
  private static final int MOST_CALLS = 10_000;

  /** Of events that never come. */
  private static final Duration LONGEST_CALL = Duration.ofHours(4);

  /** Jambonz tells of the dial's end within seconds. */
  private static final Duration TOLD_SOON = Duration.ofMinutes(1);

  /** With four requests for each, a quarter of what a project's API allows. */
  private static final int LOOKS_A_MINUTE = 60;

  private final Map<String, WatchedCall> calls = new ConcurrentHashMap<>();
  private final Map<String, Instant> leftAlone = new ConcurrentHashMap<>();
  private final AtomicInteger looks = new AtomicInteger();
  private final AgentWatchSettings settings;
  private final RoomRequests rooms;
  private final RoomLook look;
  private final AgentMetadata metadata;
  private final AgentHealth agents;
  private final CallEvents record;
  private final Clock clock;
  private final RareWarning overload;
  private final ScheduledThreadPoolExecutor timers;
  private volatile boolean webhooksCome;

  AgentWatch(
      AgentWatchSettings settings,
      RoomRequests rooms,
      RoomLook look,
      AgentMetadata metadata,
      AgentHealth agents,
      CallEvents record,
      Clock clock) {
    this.settings = settings;
    this.rooms = rooms;
    this.look = look;
    this.metadata = metadata;
    this.agents = agents;
    this.record = record;
    this.clock = clock;
    this.overload = new RareWarning(clock);
    this.timers =
        new ScheduledThreadPoolExecutor(
            THREADS, AgentWatch::daemon, new ThreadPoolExecutor.DiscardPolicy());
    timers.setRemoveOnCancelPolicy(true);
    Future<?> unused = timers.scheduleWithFixedDelay(this::everyMinute, 1, 1, TimeUnit.MINUTES);
  }

  /** A call's room is there and its agent was asked to come. */
  void registered(@Body Registration registration) {
    if (settings.watch() == Watch.OFF) {
      return;
    }
    Call call = registration.call();
    if (calls.size() >= MOST_CALLS) {
      warn("more than " + MOST_CALLS + " calls");
      return;
    }
    WatchedCall watched = new WatchedCall(call, clock.instant());
    if (calls.putIfAbsent(call.sid(), watched) == null) {
      after(settings.patience(), watched, this::silentAtFirst);
    }
  }

  /** What a webhook told of our calls; nothing, when it told of others. */
  void heard(@Body List<InRoom> events) {
    webhooksCome = true;
    for (InRoom event : events) {
      WatchedCall call = calls.get(event.callSid());
      if (call != null) {
        heard(call, event);
      }
    }
  }

  /** Known when the patience is over: the first call's own room brings the first webhook. */
  private boolean isActive() {
    return settings.watch() == Watch.ON || (settings.watch() == Watch.AUTO && webhooksCome);
  }

  private void heard(WatchedCall call, InRoom event) {
    boolean cameBack = event.reason().equals(CAME_BACK);
    Instant now = clock.instant();
    switch (event.what()) {
      case PHONE_JOINED -> call.phoneJoined();
      case PHONE_LEFT -> {
        if (!cameBack) {
          forget(call);
        }
      }
      case AGENT_JOINED -> remove(call, call.joined(event.identity(), now));
      case AGENT_HEARD -> agentHeard(call, event.identity(), now);
      case AGENT_LEFT -> {
        if (!cameBack && call.left(event.identity())) {
          agentLeft(call);
        }
      }
      case ROOM_ENDED -> forget(call);
    }
  }

  private void agentHeard(WatchedCall call, String identity, Instant now) {
    boolean first = call.isSilent();
    List<String> tooMany = call.heard(identity, now);
    if (first) {
      agents.heard(call.isRescued() ? call.backup() : call.call().plan().agent());
      if (call.isRescued()) {
        agents.rescued(call.call().plan().agent());
        log.info("call={} has an agent again", call.call().sid());
      }
    }
    remove(call, tooMany);
  }

  private void agentLeft(WatchedCall call) {
    if (call.hasPhone()) {
      after(settings.grace(), call, this::alone);
    } else {
      after(settings.patience(), call, this::silentAtFirst);
    }
  }

  /** Nobody was heard yet. */
  private void silentAtFirst(WatchedCall call) {
    if (!isActive()) {
      forget(call);
      return;
    }
    Finding finding = lookFor(call).finding();
    if (isMissing(finding) && call.mayAsk(clock.instant())) {
      record.tell(new CallEvent.Looked(call.call().sid(), clock.instant(), finding));
      agents.missing(call.call().plan().agent());
      ask(call, finding.words());
    }
  }

  /** The agent left the caller in mid-call. */
  private void alone(WatchedCall call) {
    if (!isAloneIndeed(call, this::alone)) {
      return;
    }
    agents.missing(call.call().plan().agent());
    if (call.mayReplace(clock.instant())) {
      after(settings.patience(), call, this::stillAlone);
      ask(call, "the agent left in mid-call");
    } else {
      end(call);
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
    }
    return isMissing(sight.finding()) && !sight.person();
  }

  private Sight lookFor(WatchedCall call) {
    if (looks.incrementAndGet() > LOOKS_A_MINUTE) {
      warn("more than " + LOOKS_A_MINUTE + " calls without an agent in a minute");
      return new Sight(Finding.UNKNOWN, false);
    }
    Sight sight = look.at(call.call().room());
    switch (sight.finding()) {
      case AGENT_READY -> call.somebodyIsHeard();
      case NO_ROOM -> forget(call);
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
    String sid = call.call().sid();
    String agent = call.backup();
    log.warn("call={} agent {}: {}", sid, call.call().plan().agent(), why);
    rooms.dispatch(call.call().room(), agent, metadata.of(call.call()));
    record.tell(new CallEvent.Rescued(sid, clock.instant(), agent, why));
  }

  private void end(WatchedCall call) {
    log.warn("call={} the caller is alone and nobody comes: its room ends", call.call().sid());
    leftAlone.put(call.call().sid(), clock.instant());
    rooms.delete(call.call().room());
    forget(call);
  }

  @Override
  public boolean wasLeftAlone(String callSid) {
    return leftAlone.containsKey(callSid);
  }

  private void remove(WatchedCall call, List<String> tooMany) {
    for (String identity : tooMany) {
      Future<?> unused = after(Duration.ZERO, () -> remove(call.call(), identity));
    }
  }

  private void remove(Call call, String identity) {
    if (rooms.remove(call.room(), identity)) {
      log.info("call={} an agent that came too late was removed", call.sid());
    }
  }

  private void forget(WatchedCall call) {
    call.end();
    calls.remove(call.call().sid(), call);
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
      log.error("A step of the agents' watch failed", unforeseen);
    }
  }

  private void everyMinute() {
    looks.set(0);
    Instant tooOld = clock.instant().minus(LONGEST_CALL);
    calls.values().removeIf(call -> call.since().isBefore(tooOld));
    leftAlone.values().removeIf(since -> since.isBefore(clock.instant().minus(TOLD_SOON)));
  }

  private void warn(String why) {
    if (overload.isDue()) {
      log.warn("Not every call's agent is watched: {}", why);
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "agent-watch");
    thread.setDaemon(true);
    return thread;
  }

  @PreDestroy
  void close() {
    timers.shutdownNow();
  }
}
