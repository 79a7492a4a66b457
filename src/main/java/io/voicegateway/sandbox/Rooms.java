package io.voicegateway.sandbox;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import livekit.LivekitAgentDispatch.AgentDispatch;
import livekit.LivekitAgentDispatch.RoomAgentDispatch;
import livekit.LivekitModels.DisconnectReason;
import livekit.LivekitRoom.CreateRoomRequest;

/**
 * All rooms: who creates one decides about its agents, and it ends by itself when nobody is on the
 * phone in it (livekit/pkg/rtc/room.go).
 */
final class Rooms {
  private static final RoomAgentDispatch ANY_AGENT = RoomAgentDispatch.getDefaultInstance();

  private final Map<String, SandboxRoom> open = new LinkedHashMap<>();
  private final Loop loop;
  private final Events events;
  private final Webhooks webhooks;
  private final Workers workers;

  Rooms(Loop loop, Events events, Webhooks webhooks, Workers workers) {
    this.loop = loop;
    this.events = events;
    this.webhooks = webhooks;
    this.workers = workers;
  }

  /** The room of that name; when it exists already, nothing of the request is applied. */
  SandboxRoom getOrCreate(CreateRoomRequest request) {
    return find(request.getName()).orElseGet(() -> create(request));
  }

  SandboxRoom getOrCreate(String name) {
    return getOrCreate(CreateRoomRequest.newBuilder().setName(name).build());
  }

  Optional<SandboxRoom> find(String name) {
    return Optional.ofNullable(open.get(name));
  }

  Collection<SandboxRoom> all() {
    return List.copyOf(open.values());
  }

  boolean isOpen(SandboxRoom room) {
    return open.get(room.name()) == room;
  }

  private SandboxRoom create(CreateRoomRequest request) {
    SandboxRoom room = new SandboxRoom(request);
    open.put(room.name(), room);
    events.tell("room created", room.name(), "");
    webhooks.started(room);
    closeWhenEmpty(room, room.info().getEmptyTimeout());
    List<RoomAgentDispatch> agents =
        request.getAgentsCount() == 0 ? List.of(ANY_AGENT) : request.getAgentsList();
    agents.forEach(agent -> dispatch(room, agent.getAgentName(), agent.getMetadata()));
    return room;
  }

  AgentDispatch dispatch(SandboxRoom room, String agentName, String metadata) {
    AgentDispatch.Builder dispatch = room.addDispatch(agentName, metadata);
    workers.dispatch(this, room, dispatch);
    return dispatch.build();
  }

  /** Lets a participant in and throws out the one with the same identity. */
  void join(SandboxRoom room, Member member) {
    room.member(member.identity())
        .ifPresent(old -> remove(room, old, DisconnectReason.DUPLICATE_IDENTITY));
    room.add(member);
    webhooks.joined(room, member);
    if (!member.isAgent()) {
      room.timer(null);
    }
    room.members().forEach(each -> tellOfSound(room, each));
  }

  private static void tellOfSound(SandboxRoom room, Member member) {
    if (member.leg() != null && room.hasSoundBeside(member)) {
      member.leg().othersAreInTheRoom();
    }
  }

  /** The participant leaves by itself. */
  void leave(SandboxRoom room, Member member) {
    leave(room, member, DisconnectReason.CLIENT_INITIATED);
  }

  private void leave(SandboxRoom room, Member member, DisconnectReason reason) {
    if (room.remove(member)) {
      events.tell("left", room.name(), member.identity());
      webhooks.left(room, member, reason);
      if (isOpen(room) && !member.isAgent() && room.phones() == 0) {
        closeWhenEmpty(room, room.info().getDepartureTimeout());
      }
    }
  }

  /** LiveKit removes the participant; a phone leg behind it ends. */
  void remove(SandboxRoom room, Member member, DisconnectReason reason) {
    leave(room, member, reason);
    if (member.leg() != null) {
      member.leg().removedFromRoom();
    }
  }

  /** Somebody deletes the room. */
  void delete(SandboxRoom room) {
    close(room, "deleted", DisconnectReason.ROOM_DELETED);
  }

  private void close(SandboxRoom room, String why, DisconnectReason reason) {
    if (open.remove(room.name(), room)) {
      room.timer(null);
      room.members().forEach(member -> remove(room, member, reason));
      events.tell("room closed", room.name(), why);
      webhooks.finished(room);
    }
  }

  private void closeWhenEmpty(SandboxRoom room, int seconds) {
    String why = "empty for " + seconds + " s";
    room.timer(
        loop.after(
            Duration.ofSeconds(seconds), () -> close(room, why, DisconnectReason.ROOM_CLOSED)));
  }
}
