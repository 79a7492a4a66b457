package io.voicegateway.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.voicegateway.livekit.api.LiveKitFailure;
import io.voicegateway.livekit.api.RoomRequests;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import livekit.LivekitAgentDispatch.RoomAgentDispatch;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitModels.TrackType;
import livekit.LivekitRoom.CreateRoomRequest;

/** Whether an agent comes when it is asked. LiveKit has no list of its workers. */
final class AgentCheck {

  private static final String CHECK = "agent";
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration BETWEEN = Duration.ofMillis(200);
  private static final Duration HTTP_PATIENCE = Duration.ofSeconds(3);

  private final RoomRequests rooms;
  private final Duration patience;

  AgentCheck(RoomRequests rooms) {
    this(rooms, PATIENCE);
  }

  AgentCheck(RoomRequests rooms, Duration patience) {
    this.rooms = rooms;
    this.patience = patience;
  }

  /** Asks the agent into a room that is deleted afterwards: a real job, which the agent notices. */
  Diagnosis probe(String agent) throws InterruptedException {
    CreateRoomRequest request =
        CreateRoomRequest.newBuilder()
            .setName("doctor-" + UUID.randomUUID())
            .setEmptyTimeout(30)
            .addAgents(
                RoomAgentDispatch.newBuilder().setAgentName(agent).setMetadata("{\"probe\":true}"))
            .build();
    try (ThrowAwayRoom room = ThrowAwayRoom.made(rooms, request)) {
      return await(agent, room.name());
    } catch (LiveKitFailure failed) {
      return Diagnosis.problem(
          CHECK, String.valueOf(failed.getMessage()), "See the lines on LiveKit above.");
    }
  }

  private Diagnosis await(String agent, String room) throws InterruptedException {
    long start = System.nanoTime();
    boolean joined = false;
    while (System.nanoTime() - start < patience.toNanos()) {
      List<ParticipantInfo> agents =
          rooms.participants(room).stream()
              .filter(one -> one.getKind() == ParticipantInfo.Kind.AGENT)
              .toList();
      joined |= !agents.isEmpty();
      if (agents.stream().anyMatch(AgentCheck::isHeard)) {
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        return Diagnosis.ok(CHECK, "%s came and can be heard after %d ms".formatted(agent, millis));
      }
      TimeUnit.MILLISECONDS.sleep(BETWEEN.toMillis());
    }
    return joined ? silent(agent) : absent(agent, room);
  }

  private static boolean isHeard(ParticipantInfo agent) {
    return agent.getTracksList().stream().anyMatch(track -> track.getType() == TrackType.AUDIO);
  }

  private Diagnosis silent(String agent) {
    return Diagnosis.problem(
        CHECK,
        "%s joined and published no audio within %d s: its callers hear ringing"
            .formatted(agent, patience.toSeconds()),
        "Publish an audio track at once; LiveKit answers the phone when it is there. An agent that"
            + " waits for its caller first is not heard in this probe.");
  }

  private Diagnosis absent(String agent, String room) {
    boolean taken =
        rooms.dispatches(room).stream()
            .anyMatch(dispatch -> dispatch.getState().getJobsCount() > 0);
    return taken
        ? Diagnosis.problem(
            CHECK,
            "a worker took the job for %s and did not join".formatted(agent),
            "Restart the worker and look into its log.")
        : Diagnosis.problem(
            CHECK,
            "no worker took the job for " + agent,
            ("Start a worker whose agent_name is %s, letter by letter, with this LiveKit's key."
                    + " One that reports a load over 0.7 gets no job either.")
                .formatted(agent));
  }

  /** Asks the worker itself, at the HTTP port that the framework opens. */
  static Diagnosis worker(String url, String agent) throws InterruptedException {
    URI address = URI.create(url.replaceAll("/+$", "") + "/worker");
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(HTTP_PATIENCE)
            .build();
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(address).timeout(HTTP_PATIENCE).build(),
              BodyHandlers.ofString());
      return answer.statusCode() == 200
          ? of(JSON.readTree(answer.body()), agent)
          : strange(address);
    } catch (JsonProcessingException noWorker) {
      return strange(address);
    } catch (IOException unreachable) {
      return Diagnosis.problem(
          CHECK, "no worker answers at " + address, "Start it, or correct --worker-url.");
    }
  }

  private static Diagnosis of(JsonNode worker, String agent) {
    String name = worker.path("agent_name").asText();
    String words =
        "the worker is %s, with %d calls and a load of %.2f"
            .formatted(
                name.isEmpty() ? "unnamed" : name,
                worker.path("active_jobs").asInt(),
                worker.path("worker_load").asDouble(worker.path("load").asDouble()));
    return name.equals(agent)
        ? Diagnosis.ok(CHECK, words)
        : Diagnosis.problem(
            CHECK,
            words + ", not " + agent,
            "Make AGENT_NAME and the worker's agent_name the same.");
  }

  private static Diagnosis strange(URI address) {
    return Diagnosis.problem(
        CHECK, address + " is no worker of LiveKit's framework", "Correct --worker-url.");
  }
}
