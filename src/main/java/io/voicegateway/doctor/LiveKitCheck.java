package io.voicegateway.doctor;

import io.voicegateway.livekit.api.LiveKit;
import io.voicegateway.livekit.api.LiveKitApi;
import io.voicegateway.livekit.api.LiveKitFailure;
import io.voicegateway.livekit.api.RoomRequests;
import io.voicegateway.livekit.api.SipConfiguration;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks LiveKit's API what the gateway asks of it, and what the answers say about the settings. */
final class LiveKitCheck {

  private static final String CHECK = "LiveKit";

  private final LiveKit livekit;
  private final Clock clock;
  private final boolean cloud;

  /**
   * @param cloud whether it is LiveKit Cloud
   */
  LiveKitCheck(LiveKit livekit, Clock clock, boolean cloud) {
    this.livekit = livekit;
    this.clock = clock;
    this.cloud = cloud;
  }

  /**
   * Adds what was found.
   *
   * @return trunks and rules; null when LiveKit does not tell them
   */
  @Nullable SipConfiguration examine(List<Diagnosis> diagnoses) {
    if (!isThere(diagnoses) || !acceptsKey(diagnoses)) {
      return null;
    }
    makesRooms(diagnoses);
    return listsTrunks(diagnoses);
  }

  private boolean isThere(List<Diagnosis> diagnoses) {
    try {
      LiveKitApi.Greeting greeting = livekit.api().greet();
      if (greeting.status() == 200) {
        diagnoses.add(Diagnosis.ok(CHECK, "the server answers"));
      } else if (greeting.text().contains("Not Ready")) {
        diagnoses.add(
            Diagnosis.problem(
                CHECK,
                "the server answers that it is not ready: it does not reach its redis",
                "Look after redis, and the server's redis settings."));
      } else {
        diagnoses.add(
            Diagnosis.warning(
                CHECK,
                "the server answers its front page with HTTP " + greeting.status(),
                "See whether LIVEKIT_URL is LiveKit's own address, without a path."));
      }
      if (greeting.clock() != null) {
        diagnoses.add(ClockCheck.of(greeting.clock(), clock.instant(), cloud));
      }
      return true;
    } catch (LiveKitFailure unreachable) {
      String said = String.valueOf(unreachable.getMessage());
      diagnoses.add(
          Diagnosis.problem(
              CHECK,
              said,
              said.contains("its certificate")
                  ? "Mend the certificate of the server at LIVEKIT_URL; an authority of your own is"
                      + " added with JAVA_OPTS=-Djavax.net.ssl.trustStore=FILE."
                  : "Check LIVEKIT_URL, and whether this machine may reach it."));
      return false;
    }
  }

  private boolean acceptsKey(List<Diagnosis> diagnoses) {
    try {
      int open = livekit.rooms().all().size();
      diagnoses.add(Diagnosis.ok("API key", "accepted; %d rooms are open".formatted(open)));
      return true;
    } catch (LiveKitFailure refused) {
      diagnoses.add(problem("API key", refused));
      return false;
    }
  }

  private void makesRooms(List<Diagnosis> diagnoses) {
    try {
      RoomRequests rooms = livekit.rooms();
      rooms.delete(ThrowAwayRoom.withoutAgent(rooms, "doctor-", 5).name());
      diagnoses.add(Diagnosis.ok("rooms", "can be made and deleted"));
    } catch (LiveKitFailure refused) {
      diagnoses.add(problem("rooms", refused));
    }
  }

  private @Nullable SipConfiguration listsTrunks(List<Diagnosis> diagnoses) {
    try {
      SipConfiguration found = livekit.sip().all();
      diagnoses.add(Diagnosis.ok("SIP", found.toString()));
      return found;
    } catch (LiveKitFailure refused) {
      diagnoses.add(problem("SIP", refused));
      return null;
    }
  }

  private static Diagnosis problem(String check, LiveKitFailure failure) {
    String said = String.valueOf(failure.getMessage());
    return Diagnosis.problem(check, said, advice(said, failure.status()));
  }

  private static String advice(String said, int status) {
    if (said.contains("redis required")) {
      return "Give livekit-server a redis, the same as livekit-sip's: SIP needs one.";
    }
    if (said.contains("permissions denied")) {
      return "The key may not do this: use a key of the project with all grants.";
    }
    if (said.contains("invalid API key")) {
      return "LIVEKIT_API_KEY is not a key of this LiveKit.";
    }
    if (status == 401) {
      return "LIVEKIT_API_SECRET is not the secret of LIVEKIT_API_KEY, or a clock is wrong.";
    }
    if (status == 404) {
      return "LIVEKIT_URL is not a LiveKit, or has a path too many.";
    }
    if (status == 500 || status == 503) {
      return "Look into livekit-server's log; it may not reach its redis.";
    }
    return "Try again; if it stays, look into livekit-server's log.";
  }
}
