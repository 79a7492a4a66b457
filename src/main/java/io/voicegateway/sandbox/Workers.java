package io.voicegateway.sandbox;

import java.util.HashMap;
import java.util.Map;
import livekit.LivekitAgent.Job;
import livekit.LivekitAgent.JobState;
import livekit.LivekitAgent.JobStatus;
import livekit.LivekitAgent.JobType;
import livekit.LivekitAgentDispatch.AgentDispatch;

/**
 * The registered agent workers. A dispatch for a name nobody registered gets no job, and none later
 * either: LiveKit does not try again.
 */
final class Workers {
  private final Map<String, SandboxWorker> byName = new HashMap<>();
  private final Loop loop;
  private final Events events;

  Workers(Loop loop, Events events) {
    this.loop = loop;
    this.events = events;
  }

  void register(SandboxWorker worker) {
    byName.put(worker.agentName(), worker);
  }

  void unregister(String agentName) {
    byName.remove(agentName);
  }

  void dispatch(Rooms rooms, SandboxRoom room, AgentDispatch.Builder dispatch) {
    SandboxWorker worker = byName.get(dispatch.getAgentName());
    if (worker != null) {
      loop.run(worker.delay(), () -> start(worker, rooms, room, dispatch));
    } else if (!dispatch.getAgentName().isEmpty()) {
      events.tell("no worker", room.name(), dispatch.getAgentName());
    }
  }

  private void start(
      SandboxWorker worker, Rooms rooms, SandboxRoom room, AgentDispatch.Builder dispatch) {
    if (!rooms.isOpen(room) || !room.has(dispatch)) {
      return;
    }
    Job job = job(room, dispatch);
    dispatch.getStateBuilder().addJobs(job);
    events.tell("job", room.name(), job.getMetadata());
    if (worker.joins()) {
      events.tell("agent joined", room.name(), worker.agentName());
      rooms.join(
          room,
          Member.agent(
              worker.agentName(), job.getState().getParticipantIdentity(), worker.speaks()));
    }
  }

  private static Job job(SandboxRoom room, AgentDispatch.Builder dispatch) {
    String id = Ids.of("AJ_");
    long now = SandboxRoom.nanos();
    return Job.newBuilder()
        .setId(id)
        .setDispatchId(dispatch.getId())
        .setType(JobType.JT_ROOM)
        .setRoom(room.info())
        .setMetadata(dispatch.getMetadata())
        .setAgentName(dispatch.getAgentName())
        .setState(
            JobState.newBuilder()
                .setStatus(JobStatus.JS_RUNNING)
                .setStartedAt(now)
                .setUpdatedAt(now)
                .setParticipantIdentity("agent-" + id)
                .setWorkerId(Ids.of("AW_")))
        .build();
  }
}
