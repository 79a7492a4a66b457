package io.voicegateway.livekit;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.voicegateway.call.Call;
import io.voicegateway.call.Newest;
import io.voicegateway.call.record.CallEvent.InRoom;
import io.voicegateway.call.record.CallEvents;
import io.voicegateway.call.record.RoomEvent;
import io.voicegateway.project.Projects;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import livekit.LivekitModels.DisconnectReason;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitModels.TrackType;
import livekit.LivekitWebhook.WebhookEvent;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads LiveKit's webhooks, as far as they tell of our calls. */
@Component("roomEvents")
final class RoomEvents {

  /** What the framework calls an agent; a worker may choose another identity. */
  private static final String AGENT = "agent-";

  private static final int MOST_AGENTS = 10_000;

  private final Projects projects;
  private final CallEvents record;
  private final WebhookHealth health;
  private final Clock clock;

  /**
   * The participants known to be agents, by their sid: a track's event does not tell its
   * participant's kind. The eldest are forgotten: an event of their end may never come.
   */
  private final Set<String> agents = Newest.of(MOST_AGENTS);

  RoomEvents(Projects projects, CallEvents record, WebhookHealth health, Clock clock) {
    this.projects = projects;
    this.record = record;
    this.health = health;
    this.clock = clock;
  }

  /**
   * Understands a webhook, of whatever version of LiveKit.
   *
   * @throws UnreadableWebhook when it is none
   */
  WebhookEvent read(@Body byte @Nullable [] body) {
    WebhookEvent.Builder event = WebhookEvent.newBuilder();
    try {
      JsonFormat.parser()
          .ignoringUnknownFields()
          .merge(new String(body == null ? new byte[0] : body, StandardCharsets.UTF_8), event);
    } catch (InvalidProtocolBufferException wrong) {
      throw new UnreadableWebhook("the body is no event of LiveKit");
    }
    if (event.getEvent().isEmpty() || event.getId().isEmpty()) {
      throw new UnreadableWebhook("the event has no name or no id");
    }
    return event.build();
  }

  /**
   * Tells the call's record; gives what was told, which is nothing for rooms that are not ours.
   *
   * @param project whose LiveKit it is
   */
  RoomNews note(@Body WebhookEvent event, @ExchangeProperty("project") String project) {
    health.came();
    String sid = Call.sidOfRoom(event.getRoom().getName());
    if (sid == null || sid.startsWith(Call.OF_DOCTOR)) {
      return RoomNews.NONE;
    }
    ParticipantInfo who = event.getParticipant();
    List<InRoom> heard =
        meaning(event).stream()
            .map(
                what ->
                    new InRoom(
                        sid,
                        clock.instant(),
                        event.getId(),
                        what,
                        who.getIdentity(),
                        what == RoomEvent.ROOM_ENDED ? "" : reason(who),
                        projects.isToldApart(project) ? project : null))
            .toList();
    heard.forEach(record::tell);
    return new RoomNews(project, event.getRoom().getMetadata(), heard);
  }

  private Optional<RoomEvent> meaning(WebhookEvent event) {
    ParticipantInfo who = event.getParticipant();
    return Optional.ofNullable(
        switch (event.getEvent()) {
          case "participant_joined" -> joined(who);
          case "participant_left", "participant_connection_aborted" -> left(who);
          case "track_published" ->
              event.getTrack().getType() == TrackType.AUDIO && isAgent(who)
                  ? RoomEvent.AGENT_HEARD
                  : null;
          case "room_finished" -> RoomEvent.ROOM_ENDED;
          default -> null;
        });
  }

  private @Nullable RoomEvent joined(ParticipantInfo who) {
    if (isAgent(who)) {
      agents.add(who.getSid());
      return RoomEvent.AGENT_JOINED;
    }
    return isPhone(who) ? RoomEvent.PHONE_JOINED : null;
  }

  private @Nullable RoomEvent left(ParticipantInfo who) {
    if (isAgent(who)) {
      agents.remove(who.getSid());
      return RoomEvent.AGENT_LEFT;
    }
    return isPhone(who) ? RoomEvent.PHONE_LEFT : null;
  }

  private boolean isAgent(ParticipantInfo who) {
    return who.getKind() == ParticipantInfo.Kind.AGENT
        || (!isPhone(who)
            && (agents.contains(who.getSid()) || who.getIdentity().startsWith(AGENT)));
  }

  private static boolean isPhone(ParticipantInfo who) {
    return who.getKind() == ParticipantInfo.Kind.SIP;
  }

  private static String reason(ParticipantInfo who) {
    DisconnectReason reason = who.getDisconnectReason();
    return reason == DisconnectReason.UNKNOWN_REASON || reason == DisconnectReason.UNRECOGNIZED
        ? ""
        : reason.name();
  }
}
