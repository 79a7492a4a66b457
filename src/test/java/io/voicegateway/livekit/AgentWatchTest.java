package io.voicegateway.livekit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.voicegateway.GatewayTest;
import io.voicegateway.HeardEvents;
import io.voicegateway.Hooks;
import io.voicegateway.Hooks.Reply;
import io.voicegateway.call.Call;
import io.voicegateway.call.NumberPlan;
import io.voicegateway.call.Registration;
import io.voicegateway.call.record.CallEvent.InRoom;
import io.voicegateway.call.record.CallEvent.Looked;
import io.voicegateway.call.record.CallEvent.Rescued;
import io.voicegateway.call.record.Finding;
import io.voicegateway.call.record.RoomEvent;
import io.voicegateway.livekit.AgentWatchSettings.Watch;
import io.voicegateway.livekit.api.LiveKits;
import io.voicegateway.livekit.api.RoomRequests;
import io.voicegateway.livekit.routing.Credentials;
import io.voicegateway.livekit.routing.Invite;
import io.voicegateway.project.LiveKitSettings;
import io.voicegateway.project.Project;
import io.voicegateway.sandbox.LegEvent;
import io.voicegateway.sandbox.PhoneLeg;
import io.voicegateway.sandbox.SandboxLiveKit;
import io.voicegateway.sandbox.SandboxWorker;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import livekit.LivekitAgentDispatch.RoomAgentDispatch;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitModels.Room;
import livekit.LivekitRoom.CreateRoomRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** A caller gets an agent although his own does not come, or leaves; and never two. */
@GatewayTest
@Import(HeardEvents.class)
@TestPropertySource(
    properties = {
      "gateway.plan.file=src/test/resources/watch-plan.yaml",
      "gateway.agent.patience=500ms",
      "gateway.agent.grace=200ms",
      "gateway.sip.username=gateway",
      "gateway.sip.password=password"
    })
class AgentWatchTest {

  private static final String AGENT = "front-agent";
  private static final String BACKUP = "backup-agent";
  private static final Duration AT_ONCE = Duration.ofMillis(20);
  private static final Duration BEYOND_PATIENCE = Duration.ofMillis(700);

  @Autowired private SandboxLiveKit livekit;
  @Autowired private HeardEvents heard;
  @Autowired private MeterRegistry metrics;
  @Autowired private AgentWatch watch;
  @Autowired private LiveKits livekits;
  @Autowired private AgentMetadata metadata;
  @Autowired private AgentHealth agents;
  @Autowired private LeftAloneCalls leftAlone;
  @Autowired private LiveKitSettings livekitSettings;
  @Autowired private NumberPlan plan;

  @Value("${local.gateway.port}")
  private int port;

  @Value("${local.server.port}")
  private int managementPort;

  private final String sid = UUID.randomUUID().toString();
  private final String room = "call-" + sid;
  private final List<LegEvent> caller = new CopyOnWriteArrayList<>();
  private final List<AgentRescue> rescues = new ArrayList<>();
  private Hooks hooks;
  private PhoneLeg leg;
  private String actionHook = "";

  @BeforeEach
  void prepare() {
    hooks = new Hooks(port);
    livekit.register(SandboxWorker.slow(AGENT, AT_ONCE));
    livekit.register(SandboxWorker.slow(BACKUP, AT_ONCE));
    watch.heard(RoomNews.NONE);
  }

  @AfterEach
  void hangUp() {
    rescues.forEach(AgentRescue::close);
    if (leg != null) {
      leg.hangUp();
    }
  }

  @Test
  void whatHappensInTheRoomThatACallHadInAnotherProjectDoesNotMatter() {
    AgentWatch mine = watch(Watch.ON);
    mine.registered(registration());
    InRoom heardAgent = event(RoomEvent.AGENT_HEARD, "agent-1", "");

    mine.heard(new RoomNews("other", "", List.of(heardAgent)));
    assertThat(mine.isHeard(sid)).isFalse();

    mine.heard(news(heardAgent));
    mine.heard(new RoomNews("other", "", List.of(event(RoomEvent.ROOM_ENDED, "", ""))));
    assertThat(mine.isHeard(sid)).isTrue();
  }

  @Test
  void aGoodCallCostsNoRequest() {
    int looks = livekit.count("ListParticipants");

    call();

    await().until(this::isAnswered);
    await()
        .during(BEYOND_PATIENCE)
        .until(() -> livekit.count("ListParticipants") == looks && rescues().isEmpty());
  }

  @Test
  void whenNobodyTakesTheJobTheBackupComesAndKnowsTheSame() {
    livekit.unregister(AGENT);
    double missing = count("gateway.agent.missing");
    double rescued = count("gateway.agent.rescued");

    call();

    await().until(this::isAnswered);
    await().until(() -> rescues().size() == 1);
    assertThat(rescues()).extracting(Rescued::agent).containsExactly(BACKUP);
    assertThat(heard.of(sid, Looked.class))
        .extracting(Looked::finding)
        .containsExactly(Finding.NO_WORKER);
    assertThat(livekit.dispatchedAgents(room)).containsExactly(AGENT, BACKUP);
    assertThat(livekit.jobs(room))
        .singleElement()
        .satisfies(job -> assertThat(job.getMetadata()).isEqualTo(job.getRoom().getMetadata()));
    assertThat(count("gateway.agent.missing")).isEqualTo(missing + 1);
    await().until(() -> count("gateway.agent.rescued") == rescued + 1);
    assertThat(
            new Hooks(managementPort)
                .send("GET", "/health")
                .json()
                .at("/components/agents/details/" + AGENT + "/missing_since")
                .asInt())
        .isPositive();
  }

  @Test
  void whenAWorkerTakesTheJobAndJoinsNothingTheBackupComes() {
    livekit.register(SandboxWorker.wedged(AGENT));

    call();

    await().until(this::isAnswered);
    assertThat(heard.of(sid, Looked.class))
        .extracting(Looked::finding)
        .containsExactly(Finding.AGENT_MISSING);
  }

  @Test
  void anAgentWithoutAVoiceIsReplacedAndSentAway() {
    livekit.register(SandboxWorker.silent(AGENT));

    call();

    await().until(this::isAnswered);
    await().until(() -> agentsInRoom().equals(List.of(BACKUP)));
  }

  @Test
  void anAgentThatComesAfterTheBackupIsSentAway() {
    livekit.register(SandboxWorker.slow(AGENT, Duration.ofMillis(900)));

    call();

    await().until(this::isAnswered);
    await().until(() -> joins() == 2);
    await().until(() -> agentsInRoom().equals(List.of(BACKUP)));
  }

  @Test
  void nobodyIsAskedOnceJambonzToldThatTheDialEnded() {
    livekit.unregister(AGENT);
    actionHook = hooks.call(hook()).dial().path("actionHook").asText();

    afterDial("no-answer");

    await().during(BEYOND_PATIENCE).until(() -> rescues().isEmpty());
    assertThat(livekit.dispatchedAgents(room)).doesNotContain(BACKUP);
  }

  @Test
  void aBackupThatComesAfterTheAgentIsSentAway() {
    livekit.register(SandboxWorker.slow(AGENT, Duration.ofMillis(700)));
    livekit.register(SandboxWorker.slow(BACKUP, Duration.ofMillis(600)));

    call();

    await().until(this::isAnswered);
    await().until(() -> joins() == 2);
    await().until(() -> agentsInRoom().equals(List.of(AGENT)));
  }

  @Test
  void whenNobodyComesAtAllTheDialIsLeftToItsEnd() {
    livekit.unregister(AGENT);
    livekit.unregister(BACKUP);

    call();

    await().until(() -> rescues().size() == 1);
    await().during(BEYOND_PATIENCE).until(() -> isOpen() && rescues().size() == 1);
  }

  @Test
  void anAgentThatLeavesInMidCallIsReplaced() {
    call();
    await().until(this::isAnswered);
    awaitHeard(RoomEvent.AGENT_HEARD, RoomEvent.PHONE_JOINED);

    livekit.agentsLeave(room);

    await().until(() -> agentsInRoom().equals(List.of(BACKUP)));
    await().until(() -> rescues().size() == 1);
    assertThat(rescues()).extracting(Rescued::why).containsExactly("the agent left in mid-call");
    assertThat(isHungUp()).isFalse();
  }

  @Test
  void whenNobodyReplacesHimTheRoomEndsSoThatTheLadderGoesOn() {
    call();
    await().until(this::isAnswered);
    awaitHeard(RoomEvent.AGENT_HEARD, RoomEvent.PHONE_JOINED);
    livekit.unregister(BACKUP);

    livekit.agentsLeave(room);

    await().until(this::isHungUp);
    await().until(() -> !isOpen());
    assertThat(rescues()).hasSize(1);
    assertThat(afterDial("in-progress").verbs()).isEqualTo("play pause hangup");
    assertThat(afterDial("completed").verbs()).isEmpty();
  }

  @Test
  void anAgentThatCameBackUnderItsOwnNameDidNotLeave() {
    call();
    await().until(this::isAnswered);
    awaitHeard(RoomEvent.AGENT_HEARD);
    String identity = livekit.participants(room).get(0).getIdentity();

    watch.heard(news(event(RoomEvent.AGENT_LEFT, identity, "DUPLICATE_IDENTITY")));

    await().during(BEYOND_PATIENCE).until(() -> rescues().isEmpty());
  }

  @Test
  void whenTheCallerHungUpNobodyIsAsked() {
    livekit.unregister(AGENT);
    hooks.call(hook());

    watch.heard(news(event(RoomEvent.PHONE_LEFT, "sip_1", "CLIENT_INITIATED")));

    await().during(BEYOND_PATIENCE).until(() -> rescues().isEmpty());
  }

  @Test
  void aPersonWhoWasCalledInAndLeavesIsNotTheCaller() {
    call();
    await().until(this::isAnswered);
    awaitHeard(RoomEvent.AGENT_HEARD, RoomEvent.PHONE_JOINED);
    watch.heard(news(event(RoomEvent.PHONE_JOINED, "sip_colleague", "")));
    watch.heard(news(event(RoomEvent.PHONE_LEFT, "sip_colleague", "CLIENT_INITIATED")));

    livekit.agentsLeave(room);

    await().until(() -> agentsInRoom().equals(List.of(BACKUP)));
  }

  @Test
  void theAgentOfACallThatAnotherGatewayRegisteredIsReplacedToo() {
    registeredElsewhere();

    livekit.agentsLeave(room);

    await().until(() -> agentsInRoom().equals(List.of(BACKUP)));
    assertThat(livekit.dispatchedAgents(room)).containsExactly(AGENT, BACKUP);
    assertThat(isHungUp()).isFalse();
  }

  @Test
  void whenAnotherGatewayAskedAlreadyNobodyIsAskedAgain() {
    livekit.unregister(BACKUP);
    registeredElsewhere();
    var unused = livekits.standard().rooms().dispatch(room, BACKUP, "");

    livekit.agentsLeave(room);

    await().until(this::isHungUp);
    assertThat(livekit.dispatchedAgents(room)).isEmpty();
    assertThat(rescues()).isEmpty();
  }

  @Test
  void aRoomThatIsNotOursIsLeftAloneWhateverItsName() {
    create("{\"call_sid\": \"%s\"}".formatted(sid));
    invite();
    await().until(this::isAnswered);

    livekit.agentsLeave(room);

    await().during(BEYOND_PATIENCE.plus(BEYOND_PATIENCE)).until(() -> isOpen() && !isHungUp());
    assertThat(livekit.dispatchedAgents(room)).containsExactly(AGENT);
  }

  @Test
  void aWebhookThatWasLostDoesNotBringASecondAgent() {
    AgentWatch deaf = watch(Watch.ON);
    call();
    await().until(this::isAnswered);
    int looks = livekit.count("ListParticipants");

    deaf.registered(registration());

    await().until(() -> livekit.count("ListParticipants") == looks + 1);
    await().during(BEYOND_PATIENCE).until(() -> rescues().isEmpty());
  }

  @Test
  void withoutWebhooksNoCallIsLookedAt() {
    AgentWatch unasked = watch(Watch.AUTO);
    int looks = livekit.count("ListParticipants");

    unasked.registered(registration());

    await().during(BEYOND_PATIENCE).until(() -> livekit.count("ListParticipants") == looks);
  }

  @Test
  void theFirstCallOfAllIsWatchedTooBecauseItsOwnRoomBringsTheFirstWebhook() {
    AgentWatch fresh = watch(Watch.AUTO);
    int looks = livekit.count("ListParticipants");

    fresh.registered(registration());
    fresh.heard(RoomNews.NONE);

    await().until(() -> livekit.count("ListParticipants") == looks + 1);
  }

  @Test
  void watchingCanBeForbidden() {
    AgentWatch off = watch(Watch.OFF);
    int looks = livekit.count("ListParticipants");

    off.heard(RoomNews.NONE);
    off.registered(registration());

    await().during(BEYOND_PATIENCE).until(() -> livekit.count("ListParticipants") == looks);
  }

  @Test
  void whenNoCallHasAnAgentTheWatchLeavesLiveKitsApiToTheCallers() {
    AgentWatch busy = watch(Watch.ON, sixtyLooksAMinute());
    int looks = livekit.count("ListParticipants");

    for (int i = 0; i < 80; i++) {
      busy.registered(registration(sid + "-" + i));
    }

    await().until(() -> livekit.count("ListParticipants") == looks + 60);
    await().during(BEYOND_PATIENCE).until(() -> livekit.count("ListParticipants") == looks + 60);
  }

  @Test
  void aRegistrationThatIsRepeatedIsWatchedOnce() {
    AgentWatch watch = watch(Watch.ON);
    int looks = livekit.count("ListParticipants");

    watch.registered(registration());
    watch.registered(registration());

    await().until(() -> livekit.count("ListParticipants") == looks + 1);
    await().during(BEYOND_PATIENCE).until(() -> livekit.count("ListParticipants") == looks + 1);
  }

  @Test
  void healthTellsWhenAnAgentWasHeardAndStaysUp() {
    call();
    await().until(this::isAnswered);
    awaitHeard(RoomEvent.AGENT_HEARD);

    Hooks management = new Hooks(managementPort);

    await()
        .untilAsserted(
            () -> {
              var health = management.send("GET", "/health").json().at("/components/agents");
              assertThat(health.path("status").asText()).isEqualTo("UP");
              assertThat(health.path("details").path(AGENT).path("heard_seconds_ago").asInt(-1))
                  .isNotNegative();
              assertThat(health.path("details").has("voice-agent")).isTrue();
            });
  }

  private AgentWatch watch(Watch mode) {
    return watch(mode, livekitSettings);
  }

  private AgentWatch watch(Watch mode, LiveKitSettings limits) {
    AgentWatchSettings settings =
        new AgentWatchSettings(mode, Duration.ofMillis(200), Duration.ofMillis(200));
    Clock clock = Clock.systemUTC();
    RoomRequests rooms = livekits.standard().rooms();
    AgentRescue rescue =
        new AgentRescue(
            settings, limits, rooms, new RoomLook(rooms), agents, leftAlone, heard, clock);
    rescues.add(rescue);
    return new AgentWatch(
        settings, new AgentRescues(Map.of(Project.STANDARD, rescue)), metadata, agents, clock);
  }

  private static LiveKitSettings sixtyLooksAMinute() {
    return new LiveKitSettings("", "", "", Duration.ofSeconds(2), 960);
  }

  private static RoomNews news(InRoom event) {
    return new RoomNews(Project.STANDARD, "", List.of(event));
  }

  private Registration registration() {
    return registration(sid);
  }

  private Registration registration(String sid) {
    Call nobody = Call.unknown(plan.rest());
    return new Registration(
        new Call(
            sid, nobody.direction(), nobody.from(), nobody.to(), nobody.plan(), nobody.origin()),
        false);
  }

  private void registeredElsewhere() {
    Call nobody = Call.unknown(plan.choose("+15550001001"));
    Call call =
        new Call(
            sid, nobody.direction(), nobody.from(), nobody.to(), nobody.plan(), nobody.origin());
    create(metadata.of(call));
    invite();
    await().until(this::isAnswered);
  }

  private void create(String metadata) {
    CreateRoomRequest request =
        CreateRoomRequest.newBuilder()
            .setName(room)
            .setMetadata(metadata)
            .addAgents(RoomAgentDispatch.newBuilder().setAgentName(AGENT))
            .build();
    var unused = livekits.standard().rooms().create(request);
  }

  private void call() {
    actionHook = hooks.call(hook()).dial().path("actionHook").asText();
    invite();
  }

  private void invite() {
    leg =
        livekit.invite(
            Invite.of("+15550002000", room, "192.0.2.1")
                .withCredentials(Credentials.of("gateway", "password")),
            Map.of(),
            caller::add);
  }

  /** Jambonz tells of a dial that a room's end ended as of any talk. */
  private Reply afterDial(String caller) {
    return hooks.event(
        actionHook,
        """
        {"call_sid": "%s", "from": "+15550002000", "to": "+15550001001", "direction": "inbound",
         "call_status": "%s", "dial_call_status": "completed", "dial_sip_status": 200}"""
            .formatted(sid, caller));
  }

  private String hook() {
    return Hooks.newCall(sid).replace("+15550001000", "+15550001001");
  }

  private boolean isAnswered() {
    return caller.stream().anyMatch(event -> event.kind() == LegEvent.Kind.ANSWERED);
  }

  private boolean isHungUp() {
    return caller.stream().anyMatch(event -> event.kind() == LegEvent.Kind.BYE);
  }

  private boolean isOpen() {
    return livekit.rooms().stream().map(Room::getName).anyMatch(room::equals);
  }

  private List<String> agentsInRoom() {
    return livekit.participants(room).stream()
        .filter(participant -> participant.getKind() == ParticipantInfo.Kind.AGENT)
        .map(participant -> participant.getAttributesOrThrow("lk.agent_name"))
        .toList();
  }

  private long joins() {
    return heard.of(sid, InRoom.class).stream()
        .filter(event -> event.what() == RoomEvent.AGENT_JOINED)
        .count();
  }

  private void awaitHeard(RoomEvent... what) {
    await()
        .untilAsserted(
            () -> assertThat(heard.of(sid, InRoom.class)).extracting(InRoom::what).contains(what));
  }

  private List<Rescued> rescues() {
    return heard.of(sid, Rescued.class);
  }

  private InRoom event(RoomEvent what, String identity, String reason) {
    return new InRoom(
        sid, Clock.systemUTC().instant(), UUID.randomUUID().toString(), what, identity, reason);
  }

  private double count(String counter) {
    return metrics.counter(counter, "agent", AGENT).count();
  }
}
