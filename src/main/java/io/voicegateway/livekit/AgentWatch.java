package io.voicegateway.livekit;

import com.fasterxml.jackson.databind.JsonNode;
import io.voicegateway.call.Call;
import io.voicegateway.call.RareWarning;
import io.voicegateway.call.Registration;
import io.voicegateway.call.record.CallEvent.InRoom;
import io.voicegateway.call.record.HeardAgents;
import io.voicegateway.call.record.RoomEvent;
import io.voicegateway.livekit.AgentWatchSettings.Watch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Sees whether a caller has an agent. LiveKit tells nobody when none comes, and lets a caller whose
 * agent left sit in silence for ever (seen on a real LiveKit). Fed by the registration and
 * LiveKit's webhooks; a good call costs no request. What is done for a caller without an agent
 * stands in {@link AgentRescue}.
 *
 * <p>A call that another gateway registered, or this one before it was started again, is known when
 * its agent leaves: the room's metadata tells whose it is.
 */
@Component("agentWatch")
final class AgentWatch implements HeardAgents {

  private static final Logger log = LoggerFactory.getLogger(AgentWatch.class);
  private static final String CAME_BACK = "DUPLICATE_IDENTITY";

  /** LiveKit tells of a worker that was killed after 21 s (seen on a real LiveKit). */
  private static final String GONE_FOR_LONG = "CONNECTION_TIMEOUT";

  private static final int MOST_CALLS = 10_000;

  /** Of events that never come. */
  private static final Duration LONGEST_CALL = Duration.ofHours(4);

  private static final Duration TIDY = Duration.ofMinutes(1);

  private final Map<String, WatchedCall> calls = new ConcurrentHashMap<>();
  private final AgentWatchSettings settings;
  private final AgentRescues rescues;
  private final AgentMetadata metadata;
  private final AgentHealth agents;
  private final Clock clock;
  private final RareWarning overload;
  private volatile boolean webhooksCome;
  private volatile Instant tidied = Instant.MIN;

  AgentWatch(
      AgentWatchSettings settings,
      AgentRescues rescues,
      AgentMetadata metadata,
      AgentHealth agents,
      Clock clock) {
    this.settings = settings;
    this.rescues = rescues;
    this.metadata = metadata;
    this.agents = agents;
    this.clock = clock;
    this.overload = new RareWarning(clock);
  }

  /** A call's room is there and its agent was asked to come. */
  void registered(@Body Registration registration) {
    Call call = registration.call();
    String backup = call.plan().backupAgent();
    WatchedCall watched =
        new WatchedCall(
            call.sid(),
            call.project(),
            call.plan().agent(),
            backup == null ? call.plan().agent() : backup,
            () -> metadata.of(call),
            clock.instant());
    if (watch(watched)) {
      rescues.of(watched).awaitFirstSound(watched, this::isActive);
    }
  }

  /** What a webhook told of our calls; nothing, when it told of others. */
  void heard(@Body RoomNews news) {
    webhooksCome = true;
    for (InRoom event : news.events()) {
      WatchedCall call = calls.get(event.callSid());
      if (call != null) {
        if (call.project().equals(news.project())) {
          heard(call, event);
        }
      } else if (event.what() == RoomEvent.AGENT_LEFT && !cameBack(event)) {
        adopt(event.callSid(), news);
      }
    }
  }

  /**
   * Jambonz tells that the dial into the room is over, some moments before LiveKit does: an agent
   * that was asked to come now would make the room anew.
   */
  void dialEnded(@ExchangeProperty("call") Call call) {
    WatchedCall watched = calls.get(call.sid());
    if (watched != null) {
      forget(watched);
    }
  }

  @Override
  public boolean isHeard(String callSid) {
    WatchedCall call = calls.get(callSid);
    return call != null && call.isHeard();
  }

  /** Known when the patience is over: the first call's own room brings the first webhook. */
  private boolean isActive() {
    return settings.watch() == Watch.ON || (settings.watch() == Watch.AUTO && webhooksCome);
  }

  /** Whether the call is watched from now on, and was not before. */
  private boolean watch(WatchedCall call) {
    if (settings.watch() == Watch.OFF) {
      return false;
    }
    tidy();
    if (calls.size() >= MOST_CALLS) {
      if (overload.isDue()) {
        log.warn("Not every call's agent is watched: more than {} calls", MOST_CALLS);
      }
      return false;
    }
    return calls.compute(call.sid(), (sid, before) -> isStillThere(before, call) ? before : call)
        == call;
  }

  /** What happens in the room that a call had in another project does not matter any more. */
  private static boolean isStillThere(@Nullable WatchedCall before, WatchedCall call) {
    if (before != null && !before.project().equals(call.project())) {
      before.end();
      return false;
    }
    return before != null;
  }

  private void heard(WatchedCall call, InRoom event) {
    String who = event.identity();
    switch (event.what()) {
      case PHONE_JOINED -> call.phoneJoined(who);
      case PHONE_LEFT -> {
        if (!cameBack(event)) {
          phoneLeft(call, who);
        }
      }
      case AGENT_JOINED -> rescues.of(call).sendAway(call, call.joined(who, clock.instant()));
      case AGENT_HEARD -> agentHeard(call, who);
      case AGENT_LEFT -> {
        if (!cameBack(event) && call.left(who)) {
          rescues.of(call).agentLeft(call, event.reason().equals(GONE_FOR_LONG));
        }
      }
      case ROOM_ENDED -> forget(call);
    }
  }

  private static boolean cameBack(InRoom event) {
    return event.reason().equals(CAME_BACK);
  }

  /** A person whom the agent called in may leave the caller alone, too. */
  private void phoneLeft(WatchedCall call, String who) {
    if (call.isCaller(who)) {
      forget(call);
    } else if (call.isSilent()) {
      rescues.of(call).agentLeft(call, false);
    }
  }

  private void agentHeard(WatchedCall call, String identity) {
    boolean first = call.isSilent();
    rescues.of(call).sendAway(call, call.heard(identity, clock.instant()));
    if (!first) {
      return;
    }
    agents.heard(call.isRescued() ? call.backup() : call.agent());
    if (call.isRescued()) {
      agents.rescued(call.agent());
      log.info("call={} has an agent again", call.sid());
    }
  }

  private void forget(WatchedCall call) {
    call.end();
    calls.remove(call.sid(), call);
  }

  private void adopt(String sid, RoomNews news) {
    JsonNode told = AgentMetadata.toldOf(sid, news.metadata());
    if (told == null) {
      return;
    }
    String agent = told.path(AgentMetadata.AGENT).asText();
    String backup = told.path(AgentMetadata.BACKUP).asText(agent);
    WatchedCall call =
        WatchedCall.underWay(sid, news.project(), agent, backup, news::metadata, clock.instant());
    if (watch(call)) {
      rescues.of(call).agentOfAnotherGatewayLeft(call);
    }
  }

  /** Once a minute: forgets what is over, and calls whose end nobody told. */
  private void tidy() {
    Instant now = clock.instant();
    if (now.minus(TIDY).isBefore(tidied)) {
      return;
    }
    tidied = now;
    Instant tooOld = now.minus(LONGEST_CALL);
    calls.values().removeIf(call -> call.isOver() || call.since().isBefore(tooOld));
  }
}
