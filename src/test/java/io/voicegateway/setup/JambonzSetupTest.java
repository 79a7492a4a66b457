package io.voicegateway.setup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voicegateway.call.PlanSettings;
import io.voicegateway.jambonz.JambonzSettings;
import io.voicegateway.jambonz.rest.StubJambonz;
import io.voicegateway.livekit.api.OpenedApi;
import io.voicegateway.project.SipSettings;
import io.voicegateway.project.TestProjects;
import io.voicegateway.sandbox.SandboxLiveKit;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import livekit.LivekitSip.SIPOutboundTrunkInfo;
import livekit.LivekitSip.SIPTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

/** Jambonz is set up so that its calls reach the gateway, and LiveKit's calls reach Jambonz. */
class JambonzSetupTest {

  private static final String SECRET = "secret-secret-secret-secret-secret";

  private final List<String> told = new ArrayList<>();
  private final List<String> settings = new ArrayList<>();
  private StubJambonz jambonz;
  private SandboxLiveKit livekit;
  private OpenedApi api;

  @BeforeEach
  void start() throws IOException {
    jambonz = new StubJambonz();
    livekit = SandboxLiveKit.start(0, "key", SECRET, event -> {});
    api = OpenedApi.to(livekit.url(), "key", SECRET);
  }

  @AfterEach
  void stop() {
    api.close();
    livekit.close();
    jambonz.close();
  }

  @Test
  void anEmptyAccountGetsAllThatIsNeededAndTheSecondRunHasNothingToDo() {
    jambonz.addNumber("number-1", "15550001000");

    SetupPlan left = applied(setup("wh_secret_1", "+1 555 000 1000"));

    assertThat(left.isDone()).as(left.toString()).isTrue();
    ObjectNode application = (ObjectNode) jambonz.applications.get(0);
    assertThat(application.at("/call_hook/url").asText())
        .isEqualTo("https://gateway.example.test/livekit-api#rc=2&rp=all");
    assertThat(application.at("/call_hook/method").asText()).isEqualTo("POST");
    assertThat(application.at("/call_status_hook/url").asText())
        .isEqualTo("https://gateway.example.test/livekit-api/status");
    assertThat(jambonz.applications.get(1).at("/call_hook/url").asText())
        .startsWith("https://gateway.example.test/livekit-api/callback#");
    assertThat(jambonz.account.path("device_calling_application_sid"))
        .isEqualTo(jambonz.applications.get(1).path("application_sid"));
    assertThat(jambonz.numbers.get(0).path("application_sid"))
        .isEqualTo(application.path("application_sid"));
    var trunk = api.sip().outboundTrunks().get(0);
    assertThat(trunk.getAddress()).isEqualTo("acme.sip.example.test");
    assertThat(trunk.getAuthPassword())
        .hasSize(32)
        .isEqualTo(jambonz.clients.get(0).path("password").asText());
    jambonz.requests.clear();
    assertThat(applied(setup("wh_secret_1", "+15550001000")).isDone()).isTrue();
    assertThat(jambonz.requests).allMatch(request -> request.startsWith("GET "));
  }

  @Test
  void anOutboundTrunkByUdpGetsTcpAsOurInvitesDoNotFitIntoAPacket() {
    applied(setup("wh_secret_1"));
    SIPOutboundTrunkInfo made = api.sip().outboundTrunks().get(0);
    assertThat(made.getTransport()).isEqualTo(SIPTransport.SIP_TRANSPORT_TCP);
    api.sip().replace(made.toBuilder().setTransport(SIPTransport.SIP_TRANSPORT_AUTO).build());

    assertThat(applied(setup("wh_secret_1")).isDone()).isTrue();

    assertThat(api.sip().outboundTrunks())
        .singleElement()
        .extracting(SIPOutboundTrunkInfo::getTransport)
        .isEqualTo(SIPTransport.SIP_TRANSPORT_TCP);
  }

  @Test
  void hooksThatSomebodyChangedAreChangedBackInTheirPlace() {
    applied(setup("wh_secret_1"));
    ObjectNode hook = (ObjectNode) jambonz.applications.get(0).path("call_hook");
    String sid = hook.path("webhook_sid").asText();
    hook.put("method", "GET");

    SetupPlan plan = setup("wh_secret_1").plan();

    assertThat(plan.steps())
        .filteredOn(step -> step.action() == Action.CHANGE)
        .singleElement()
        .satisfies(step -> assertThat(step.details().get(0)).contains("GET", "-> POST"));
    assertThat(applied(setup("wh_secret_1")).isDone()).isTrue();
    assertThat(jambonz.applications.get(0).at("/call_hook/webhook_sid").asText()).isEqualTo(sid);
    assertThat(jambonz.applications.get(0).at("/call_hook/method").asText()).isEqualTo("POST");
  }

  @Test
  void whatOnlyAPersonCanDoIsAConflict() {
    jambonz.account.putNull("sip_realm").put("device_calling_application_sid", "theirs");

    SetupPlan left = applied(setup("another-secret", "+15559990000"));

    assertThat(left.steps())
        .filteredOn(step -> step.action() == Action.CONFLICT)
        .extracting(Step::what)
        .containsExactlyInAnyOrder("webhook secret", "account", "phone number", "outbound trunk");
    assertThat(left.toString()).doesNotContain("wh_secret_1", "5559990000");
    assertThat(jambonz.account.path("device_calling_application_sid").asText()).isEqualTo("theirs");
  }

  @Test
  void aClientWithoutATrunkOfOursIsNotTakenFromWhoeverUsesIt() {
    addClient("client-1", "account-1");

    SetupPlan left = applied(setup("wh_secret_1"));

    assertThat(left.steps())
        .filteredOn(step -> step.action() == Action.CONFLICT)
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.what()).isEqualTo("SIP client");
              assertThat(step.details()).first().asString().contains("--new-login");
            });
    assertThat(passwordOf(0)).isEqualTo("old");
    assertThat(api.sip().outboundTrunks()).isEmpty();
  }

  @Test
  void clientsOfOtherAccountsAreNotOurs() {
    addClient("client-1", "of-somebody-else");

    assertThat(applied(setup("wh_secret_1")).isDone()).isTrue();

    assertThat(passwordOf(0)).isEqualTo("old");
    assertThat(api.sip().outboundTrunks().get(0).getAuthPassword()).isEqualTo(passwordOf(1));
  }

  @Test
  void clientAndTrunkGetOneNewPasswordWhenThatIsWanted() {
    addClient("client-1", "account-1");
    assertThat(applied(renewing()).isDone()).isTrue();
    String first = api.sip().outboundTrunks().get(0).getAuthPassword();
    assertThat(passwordOf(0)).isEqualTo(first).isNotEqualTo("old");

    assertThat(applied(renewing()).isDone()).isTrue();

    assertThat(api.sip().outboundTrunks())
        .singleElement()
        .satisfies(
            trunk ->
                assertThat(trunk.getAuthPassword()).isEqualTo(passwordOf(0)).isNotEqualTo(first));
  }

  @Test
  void aClientWithAnotherPasswordThanItsTrunkOrSwitchedOffIsAConflict() {
    applied(setup("wh_secret_1"));
    ObjectNode client = (ObjectNode) jambonz.clients.get(0);
    client.put("is_active", 0);
    assertThat(conflict()).contains("switched off");
    client.put("is_active", 1).put("password", "shorter");
    assertThat(conflict()).contains("another password than the outbound trunk");

    assertThat(applied(renewing()).isDone()).isTrue();

    assertThat(api.sip().outboundTrunks().get(0).getAuthPassword()).isEqualTo(passwordOf(0));
    assertThat(setup("wh_secret_1").plan().isDone()).isTrue();
  }

  private String conflict() {
    return setup("wh_secret_1").plan().steps().stream()
        .filter(step -> step.action() == Action.CONFLICT)
        .map(step -> step.words() + step.details())
        .reduce("", String::concat);
  }

  @Test
  void namesAreComparedAsJambonzComparesThem() {
    applied(setup("wh_secret_1"));
    ((ObjectNode) jambonz.applications.get(0)).put("name", "Voice-Gateway");
    ((ObjectNode) jambonz.clients.get(0)).put("username", "Voice-Gateway");

    assertThat(setup("wh_secret_1").plan().isDone()).isTrue();
  }

  @Test
  void aNumberThatTwoCarriersBringIsSetForBoth() {
    jambonz.addNumber("number-1", "15550001000");
    jambonz.addNumber("number-2", "15550001000");

    assertThat(applied(setup("wh_secret_1", "+15550001000")).isDone()).isTrue();

    assertThat(jambonz.numbers)
        .extracting(number -> number.path("application_sid"))
        .containsOnly(jambonz.applications.get(0).path("application_sid"));
  }

  @Test
  void whatAnotherSetupMadeMeanwhileStopsNothing() {
    Setup slow = setup("wh_secret_1");
    SetupPlan plan = slow.plan();
    applied(setup("wh_secret_1"));

    SetupPlan left = slow.apply(plan, told::add, settings::add);

    assertThat(told).anySatisfy(line -> assertThat(line).contains("422", "the name is taken"));
    assertThat(left.steps())
        .filteredOn(step -> step.what().equals("application"))
        .allMatch(step -> step.action() == Action.KEEP);
    assertThat(jambonz.applications).hasSize(2);
  }

  @Test
  void aTrunkWhoseClientWasNotMadeYetIsFinishedByTheNextRun() {
    applied(setup("wh_secret_1"));
    jambonz.clients.removeAll();

    assertThat(applied(setup("wh_secret_1")).isDone()).isTrue();

    assertThat(api.sip().outboundTrunks())
        .singleElement()
        .satisfies(trunk -> assertThat(trunk.getAuthPassword()).isEqualTo(passwordOf(0)));
  }

  @Test
  void aTrunkWithoutAClientGetsANewPasswordToo() {
    applied(setup("wh_secret_1"));
    String before = api.sip().outboundTrunks().get(0).getAuthPassword();
    jambonz.clients.removeAll();

    assertThat(applied(renewing()).isDone()).isTrue();

    assertThat(api.sip().outboundTrunks().get(0).getAuthPassword())
        .isEqualTo(passwordOf(0))
        .isNotEqualTo(before);
  }

  @Test
  void ofSeveralOutboundTrunksTheEldestStaysWithTheClientsPassword() {
    applied(setup("wh_secret_1"));
    SIPOutboundTrunkInfo eldest = api.sip().outboundTrunks().get(0);
    storeYounger(eldest);
    ((ObjectNode) jambonz.clients.get(0)).put("password", "of the younger");

    assertThat(setup("wh_secret_1").plan().steps())
        .filteredOn(step -> step.action() == Action.DELETE)
        .extracting(Step::id)
        .containsExactly("ST_0younger");
    assertThat(applied(setup("wh_secret_1")).isDone()).isTrue();

    assertThat(api.sip().outboundTrunks()).containsExactly(eldest);
    assertThat(passwordOf(0)).isEqualTo(eldest.getAuthPassword());
    jambonz.requests.clear();
    assertThat(applied(setup("wh_secret_1")).isDone()).isTrue();
    assertThat(jambonz.requests).allMatch(request -> request.startsWith("GET "));
  }

  @Test
  void anEldestTrunkWithoutAPasswordGetsANewOneWithTheClient() {
    applied(setup("wh_secret_1"));
    SIPOutboundTrunkInfo eldest = api.sip().outboundTrunks().get(0);
    livekit.store(eldest.toBuilder().clearAuthPassword().build());
    storeYounger(eldest);

    assertThat(applied(setup("wh_secret_1")).isDone()).isTrue();

    assertThat(api.sip().outboundTrunks())
        .singleElement()
        .satisfies(
            trunk -> assertThat(trunk.getAuthPassword()).hasSize(32).isEqualTo(passwordOf(0)));
  }

  @Test
  void twoSetupsAtOnceEndWithOneTrunkAndItsClient() {
    Setup first = setup("wh_secret_1");
    SetupPlan shown = first.plan();
    applied(setup("wh_secret_1"));

    assertThat(first.apply(shown, told::add, settings::add).conflicts()).isZero();
    assertThat(applied(setup("wh_secret_1")).isDone()).isTrue();

    assertThat(api.sip().outboundTrunks())
        .singleElement()
        .satisfies(trunk -> assertThat(trunk.getAuthPassword()).isEqualTo(passwordOf(0)));
    assertThat(jambonz.clients).hasSize(1);
  }

  @Test
  void anApplicationWhoseStatusHookSomebodySentElsewhereIsStillOurs() {
    applied(setup("wh_secret_1"));
    ((ObjectNode) jambonz.applications.get(0).path("call_status_hook"))
        .put("url", "https://elsewhere.example.test/livekit-api/status");

    assertThat(applied(setup("wh_secret_1")).isDone()).isTrue();

    assertThat(jambonz.applications.get(0).at("/call_status_hook/url").asText())
        .isEqualTo("https://gateway.example.test/livekit-api/status");
  }

  @Test
  void theApplicationOfAnotherGatewayIsNotRewrittenUnlessItIsNamed() {
    jambonz.addNumber("number-1", "15550001000");
    applied(setup("wh_secret_1"));
    ObjectNode hook = (ObjectNode) jambonz.applications.get(0).path("call_hook");
    hook.put("url", "https://first.example.test/livekit-api#rc=2&rp=all");
    String sid = jambonz.applications.get(0).path("application_sid").asText();

    SetupPlan left = applied(setup("wh_secret_1", "+15550001000"));

    assertThat(left.steps())
        .filteredOn(step -> step.action() == Action.CONFLICT)
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.id()).isEqualTo(sid);
              assertThat(step.words()).contains("https://first.example.test/livekit-api");
              assertThat(step.details()).first().asString().startsWith("--adopt " + sid);
            });
    assertThat(hook.path("url").asText()).contains("first.example.test");
    assertThat(jambonz.numbers.get(0).path("application_sid").isNull()).isTrue();

    SetupOptions naming =
        new SetupOptions(Set.of(sid), Set.of(), List.of(), true, false, List.of("+15550001000"));
    assertThat(setups("wh_secret_1").refusal(naming)).isEmpty();
    assertThat(applied(setups("wh_secret_1").prepared(naming)).isDone()).isTrue();
    assertThat(jambonz.applications.get(0).at("/call_hook/url").asText())
        .startsWith("https://gateway.example.test/");
    assertThat(jambonz.numbers.get(0).path("application_sid").asText()).isEqualTo(sid);
  }

  @Test
  void anApplicationIsNamedWithJambonzOnly() {
    applied(setup("wh_secret_1"));
    String sid = jambonz.applications.get(0).path("application_sid").asText();

    assertThat(
            setups("wh_secret_1")
                .refusal(
                    new SetupOptions(Set.of(sid), Set.of(), List.of(), false, false, List.of())))
        .hasValueSatisfying(sentence -> assertThat(sentence).contains("with --jambonz"));
  }

  @Test
  void withoutBeingAskedForItsStateIsToldAndNothingElse() {
    Setup setup = setups("wh_secret_1").prepared(options(List.of(), false, false));

    SetupPlan left = applied(setup);

    assertThat(left.isDone()).isTrue();
    assertThat(left.steps())
        .filteredOn(step -> step.action() == Action.REMARK)
        .extracting(Step::what)
        .contains("application", "SIP client", "outbound trunk");
    assertThat(left.steps().toString()).contains("--jambonz would create it");
    assertThat(jambonz.requests).isNotEmpty().allMatch(request -> request.startsWith("GET "));
  }

  @Test
  void aJambonzThatDoesNotAnswerIsARemarkToWhoDidNotAskForIt() {
    Setup setup = setups("wh_secret_1").prepared(options(List.of(), false, false));
    jambonz.close();

    assertThat(applied(setup).isDone()).isTrue();

    assertThat(setup.plan().steps())
        .last()
        .satisfies(
            step -> {
              assertThat(step.action()).isEqualTo(Action.REMARK);
              assertThat(step.words()).startsWith("not looked at. Jambonz: no answer");
            });
  }

  @Test
  void aTrunkThatDoesNotLetJambonzsAddressInIsAConflict() {
    SetupPlan plan =
        setups("wh_secret_1").prepared(options(List.of("172.20.0.5"), false, false)).plan();

    assertThat(plan.steps())
        .filteredOn(step -> step.action() == Action.CONFLICT)
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.words()).contains("192.0.2.10", "allowed_addresses");
              assertThat(step.details()).first().asString().contains("--allow");
            });
    assertThat(
            setups("wh_secret_1")
                .prepared(options(List.of("172.20.0.5", "192.0.2.0/24"), false, false))
                .plan()
                .conflicts())
        .isZero();
  }

  private void addClient(String sid, String account) {
    jambonz
        .clients
        .addObject()
        .put("client_sid", sid)
        .put("username", "voice-gateway")
        .put("account_sid", account)
        .put("password", "old");
  }

  private void storeYounger(SIPOutboundTrunkInfo eldest) {
    livekit.store(
        eldest.toBuilder()
            .setSipTrunkId("ST_0younger")
            .setAuthPassword("of the younger")
            .setMetadata(Mark.made(Mark.madeAt(eldest.getMetadata()).plusSeconds(1)))
            .build());
  }

  private String passwordOf(int client) {
    return jambonz.clients.get(client).path("password").asText();
  }

  private SetupPlan applied(Setup setup) {
    return setup.apply(setup.plan(), told::add, settings::add);
  }

  private Setup setup(String webhookSecret, String... numbers) {
    return setups(webhookSecret)
        .prepared(new SetupOptions(Set.of(), Set.of(), List.of(), true, false, List.of(numbers)));
  }

  private Setup renewing() {
    return setups("wh_secret_1").prepared(options(List.of(), true, true));
  }

  private static SetupOptions options(List<String> allowed, boolean jambonz, boolean newLogin) {
    return new SetupOptions(Set.of(), Set.of(), allowed, jambonz, newLogin, List.of());
  }

  private Setups setups(String webhookSecret) {
    return new Setups(
        api.livekits().standard(),
        jambonz.api(),
        TestProjects.one(
            new SipSettings("sip.example.test", "gateway", "password", "tcp"), "", webhookSecret),
        new JambonzSettings(List.of(), "https://gateway.example.test", false),
        new PlanSettings("voice-agent", "", "", "", "none").read(new MockEnvironment()),
        "voice-agent",
        Clock.systemUTC());
  }
}
