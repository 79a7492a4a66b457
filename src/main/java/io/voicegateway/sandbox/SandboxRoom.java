package io.voicegateway.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import livekit.LivekitAgent.Job;
import livekit.LivekitAgentDispatch.AgentDispatch;
import livekit.LivekitModels.Codec;
import livekit.LivekitModels.Room;
import livekit.LivekitRoom.CreateRoomRequest;
import org.jspecify.annotations.Nullable;

/** A room: its settings, participants and agent dispatches. */
final class SandboxRoom {
  private static final int EMPTY_TIMEOUT_S = 300;
  private static final int DEPARTURE_TIMEOUT_S = 20;
  private static final List<String> CODECS =
      List.of(
          "audio/PCMU",
          "audio/PCMA",
          "audio/opus",
          "audio/red",
          "video/VP8",
          "video/H264",
          "video/VP9",
          "video/AV1",
          "video/H265",
          "video/rtx");

  private final Room.Builder settings;
  private final Map<String, Member> members = new LinkedHashMap<>();
  private final Map<String, AgentDispatch.Builder> dispatches = new LinkedHashMap<>();
  private @Nullable Future<?> timer;

  SandboxRoom(CreateRoomRequest request) {
    Instant now = Instant.now();
    settings =
        Room.newBuilder()
            .setSid(Ids.of("RM_"))
            .setName(request.getName())
            .setEmptyTimeout(orElse(request.getEmptyTimeout(), EMPTY_TIMEOUT_S))
            .setDepartureTimeout(orElse(request.getDepartureTimeout(), DEPARTURE_TIMEOUT_S))
            .setMaxParticipants(request.getMaxParticipants())
            .setMetadata(request.getMetadata())
            .setCreationTime(now.getEpochSecond())
            .setCreationTimeMs(now.toEpochMilli())
            .setTurnPassword(Ids.random(44));
    CODECS.forEach(mime -> settings.addEnabledCodecs(Codec.newBuilder().setMime(mime)));
  }

  private static int orElse(int value, int fallback) {
    return value == 0 ? fallback : value;
  }

  String name() {
    return settings.getName();
  }

  Room info() {
    return settings.setNumParticipants(phones()).setNumPublishers(members.size()).build();
  }

  void metadata(String metadata) {
    settings.setMetadata(metadata);
  }

  Collection<Member> members() {
    return List.copyOf(members.values());
  }

  Optional<Member> member(String identity) {
    return Optional.ofNullable(members.get(identity));
  }

  void add(Member member) {
    members.put(member.identity(), member);
  }

  /** Removes this very member, not one that took its identity meanwhile. */
  boolean remove(Member member) {
    return members.remove(member.identity(), member);
  }

  /** Participants that are not agents. */
  int phones() {
    return (int) members.values().stream().filter(member -> !member.isAgent()).count();
  }

  boolean full() {
    return settings.getMaxParticipants() > 0 && phones() >= settings.getMaxParticipants();
  }

  boolean hasSoundBeside(Member member) {
    return members.values().stream().anyMatch(other -> !other.equals(member) && other.isAudible());
  }

  AgentDispatch.Builder addDispatch(String agentName, String metadata) {
    AgentDispatch.Builder dispatch =
        AgentDispatch.newBuilder()
            .setId(Ids.of("AD_"))
            .setAgentName(agentName)
            .setRoom(name())
            .setMetadata(metadata);
    dispatch.getStateBuilder().setCreatedAt(nanos());
    dispatches.put(dispatch.getId(), dispatch);
    return dispatch;
  }

  Optional<AgentDispatch> removeDispatch(String id) {
    return Optional.ofNullable(dispatches.remove(id)).map(AgentDispatch.Builder::build);
  }

  boolean has(AgentDispatch.Builder dispatch) {
    return dispatches.containsKey(dispatch.getId());
  }

  List<AgentDispatch> dispatches() {
    return dispatches.values().stream().map(AgentDispatch.Builder::build).toList();
  }

  List<Job> jobs() {
    List<Job> jobs = new ArrayList<>();
    dispatches.values().forEach(dispatch -> jobs.addAll(dispatch.getState().getJobsList()));
    return jobs;
  }

  /** Sets the timer that closes the room, in place of an earlier one. */
  void timer(@Nullable Future<?> closing) {
    if (timer != null) {
      timer.cancel(false);
    }
    timer = closing;
  }

  static long nanos() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
