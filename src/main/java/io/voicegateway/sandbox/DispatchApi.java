package io.voicegateway.sandbox;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import livekit.LivekitAgentDispatch.AgentDispatch;
import livekit.LivekitAgentDispatch.CreateAgentDispatchRequest;
import livekit.LivekitAgentDispatch.DeleteAgentDispatchRequest;
import livekit.LivekitAgentDispatch.ListAgentDispatchRequest;
import livekit.LivekitAgentDispatch.ListAgentDispatchResponse;

/** LiveKit's AgentDispatchService (livekit/pkg/service/agent_dispatch_service.go). */
final class DispatchApi {
  private final Rooms rooms;
  private final Loop loop;
  private final Duration noResponse;

  /**
   * @param noResponse how long LiveKit waits for the node of a room that does not exist
   */
  DispatchApi(Rooms rooms, Loop loop, Duration noResponse) {
    this.rooms = rooms;
    this.loop = loop;
    this.noResponse = noResponse;
  }

  TwirpService service() {
    return new TwirpService("AgentDispatchService")
        .on(
            "CreateDispatch",
            CreateAgentDispatchRequest.class,
            (g, q) -> g.roomAdmin(q.getRoom()),
            this::create)
        .later(
            "ListDispatch",
            ListAgentDispatchRequest.class,
            (g, q) -> g.roomAdmin(q.getRoom()),
            q -> inRoom(q.getRoom(), room -> list(room, q.getDispatchId())))
        .later(
            "DeleteDispatch",
            DeleteAgentDispatchRequest.class,
            (g, q) -> g.roomAdmin(q.getRoom()),
            q -> inRoom(q.getRoom(), room -> delete(room, q.getDispatchId())));
  }

  /** Not idempotent: every call adds a job. A missing room is created. */
  private AgentDispatch create(CreateAgentDispatchRequest request) {
    SandboxRoom room = rooms.getOrCreate(request.getRoom());
    return rooms.dispatch(room, request.getAgentName(), request.getMetadata());
  }

  private <T> CompletionStage<T> inRoom(String name, Function<SandboxRoom, T> answer) {
    return rooms
        .find(name)
        .map(answer)
        .<CompletionStage<T>>map(CompletableFuture::completedFuture)
        .orElseGet(() -> loop.failAfter(noResponse, TwirpError.noResponse()));
  }

  private static ListAgentDispatchResponse list(SandboxRoom room, String dispatchId) {
    ListAgentDispatchResponse.Builder response = ListAgentDispatchResponse.newBuilder();
    room.dispatches().stream()
        .filter(dispatch -> dispatchId.isEmpty() || dispatch.getId().equals(dispatchId))
        .forEach(response::addAgentDispatches);
    return response.build();
  }

  private static AgentDispatch delete(SandboxRoom room, String dispatchId) {
    return room.removeDispatch(dispatchId)
        .orElseThrow(() -> TwirpError.inner(TwirpCode.NOT_FOUND, "dispatch ID not found"));
  }
}
