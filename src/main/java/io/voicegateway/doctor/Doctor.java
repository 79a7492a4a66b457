package io.voicegateway.doctor;

import io.voicegateway.call.NumberPlan;
import io.voicegateway.jambonz.JambonzSettings;
import io.voicegateway.jambonz.SipSettings;
import io.voicegateway.jambonz.rest.JambonzApi;
import io.voicegateway.livekit.api.LiveKitApi;
import io.voicegateway.livekit.api.LiveKitSettings;
import io.voicegateway.livekit.api.RoomRequests;
import io.voicegateway.livekit.api.SipConfiguration;
import io.voicegateway.livekit.api.SipRequests;
import io.voicegateway.livekit.routing.Credentials;
import io.voicegateway.sip.SipAddress;
import io.voicegateway.sip.SipClient;
import io.voicegateway.sip.SipLogin;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Looks at everything that a call needs, from cheap to costly. */
@Component
public final class Doctor {

  private static final String TESTED =
      "tested with livekit-server 1.13.5, livekit-sip 1.11.0 and Jambonz 0.9.8; yours cannot be asked";

  private final LiveKitApi api;
  private final RoomRequests rooms;
  private final SipRequests sipRequests;
  private final LiveKitSettings livekit;
  private final SipSettings sip;
  private final JambonzApi jambonz;
  private final JambonzSettings jambonzSettings;
  private final NumberPlan plan;
  private final Path letters;
  private final String database;
  private final String management;
  private final Clock clock;

  Doctor(
      LiveKitApi api,
      RoomRequests rooms,
      SipRequests sipRequests,
      LiveKitSettings livekit,
      SipSettings sip,
      JambonzApi jambonz,
      JambonzSettings jambonzSettings,
      NumberPlan plan,
      @Value("${gateway.dead-letters.directory}") Path letters,
      @Value("${gateway.records.url}") String database,
      @Value("http://${server.address}:${server.port}") String management,
      Clock clock) {
    this.api = api;
    this.rooms = rooms;
    this.sipRequests = sipRequests;
    this.livekit = livekit;
    this.sip = sip;
    this.jambonz = jambonz;
    this.jambonzSettings = jambonzSettings;
    this.plan = plan;
    this.letters = letters;
    this.database = database;
    this.management = management;
    this.clock = clock;
  }

  /** All that was found, in the order in which it was looked at. */
  public List<Diagnosis> examine(Questions questions) throws InterruptedException {
    List<Diagnosis> diagnoses = new ArrayList<>();
    diagnoses.addAll(FallbackCheck.examine(plan));
    diagnoses.add(new StorageCheck(letters, clock).examine());
    boolean serves = new GatewayCheck(management).examine(diagnoses);
    if (!serves) {
      diagnoses.add(database());
    }
    SipConfiguration found = new LiveKitCheck(api, rooms, sipRequests, clock).examine(diagnoses);
    if (found != null) {
      diagnoses.addAll(routing(found).examine(questions.invite()));
    }
    diagnoses.addAll(new JambonzCheck(jambonz, jambonzSettings.webhookSecrets()).examine());
    sipHost(new SipClient(), questions, found != null, diagnoses);
    agent(questions, found != null, serves, diagnoses);
    diagnoses.add(Diagnosis.ok("versions", TESTED));
    return diagnoses;
  }

  private Diagnosis database() {
    try {
      return DatabaseCheck.examine(database);
    } catch (IllegalArgumentException wrong) {
      return Diagnosis.problem(
          "database", "DATABASE_URL " + wrong.getMessage(), "Correct DATABASE_URL.");
    }
  }

  private RoutingCheck routing(SipConfiguration found) {
    return new RoutingCheck(
        found,
        Credentials.of(sip.username(), sip.password()),
        plan.rest().agent(),
        plan.longestDialSeconds());
  }

  private void sipHost(
      SipClient client, Questions questions, boolean livekitAnswers, List<Diagnosis> diagnoses) {
    if (sip.uri().isEmpty()) {
      return;
    }
    SipAddress address;
    try {
      address = SipAddress.parse(sip.uri(), sip.transport());
    } catch (IllegalArgumentException wrong) {
      diagnoses.add(
          Diagnosis.problem(
              "SIP host", String.valueOf(wrong.getMessage()), "Correct LIVEKIT_SIP_URI."));
      return;
    }
    diagnoses.addAll(new SipHostCheck(client, address, livekit.apiUrl()).examine());
    if (questions.placeCall() && livekitAnswers) {
      diagnoses.add(new PlacedCallCheck(client, address, login(), rooms).examine());
    }
  }

  private @Nullable SipLogin login() {
    return sip.username().isEmpty() ? null : new SipLogin(sip.username(), sip.password());
  }

  private void agent(
      Questions questions, boolean livekitAnswers, boolean serves, List<Diagnosis> diagnoses)
      throws InterruptedException {
    String agent = plan.rest().agent();
    if (questions.workerUrl() != null) {
      diagnoses.add(AgentCheck.worker(questions.workerUrl(), agent));
    }
    if (questions.probeAgent() && livekitAnswers) {
      diagnoses.add(new AgentCheck(rooms).probe(agent));
    } else if (questions.workerUrl() == null && !serves) {
      diagnoses.add(Diagnosis.skipped("agent", "--probe-agent asks it to come"));
    }
  }
}
