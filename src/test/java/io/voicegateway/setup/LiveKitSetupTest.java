package io.voicegateway.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Duration;
import io.voicegateway.call.PlanSettings;
import io.voicegateway.jambonz.JambonzSettings;
import io.voicegateway.jambonz.rest.TestJambonz;
import io.voicegateway.livekit.api.LiveKitFailure;
import io.voicegateway.livekit.api.OpenedApi;
import io.voicegateway.livekit.api.SipConfiguration;
import io.voicegateway.project.SipSettings;
import io.voicegateway.project.TestProjects;
import io.voicegateway.sandbox.SandboxLiveKit;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import livekit.LivekitSip.SIPDispatchRule;
import livekit.LivekitSip.SIPDispatchRuleCallee;
import livekit.LivekitSip.SIPDispatchRuleDirect;
import livekit.LivekitSip.SIPDispatchRuleIndividual;
import livekit.LivekitSip.SIPDispatchRuleInfo;
import livekit.LivekitSip.SIPInboundTrunkInfo;
import livekit.LivekitSip.SIPMediaEncryption;
import livekit.LivekitSip.SIPOutboundTrunkInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

/** From any LiveKit to one that takes the gateway's calls, with nothing of others touched. */
class LiveKitSetupTest {

  private static final String SECRET = "secret-secret-secret-secret-secret";

  private final List<String> told = new ArrayList<>();
  private final List<String> settings = new ArrayList<>();
  private SandboxLiveKit livekit;
  private OpenedApi api;

  @BeforeEach
  void start() throws IOException {
    livekit = SandboxLiveKit.start(0, "key", SECRET, event -> {});
    api = OpenedApi.to(livekit.url(), "key", SECRET);
  }

  @AfterEach
  void stop() {
    api.close();
    livekit.close();
  }

  @Test
  void anEmptyLiveKitGetsTrunkAndRuleAndTheSecondRunHasNothingToDo() {
    assertThat(lines(setup().plan()))
        .containsExactly("create inbound trunk", "create dispatch rule");
    assertThat(api.sip().all().inbound()).isEmpty();

    SetupPlan left = applied(setup());

    assertThat(left.isDone()).isTrue();
    assertThat(told).hasSize(2).allMatch(sentence -> sentence.startsWith("created "));
    assertThat(lines(setup().plan())).containsExactly("keep inbound trunk", "keep dispatch rule");
    SIPInboundTrunkInfo trunk = api.sip().inboundTrunks().get(0);
    assertThat(trunk.getAuthUsername()).isEqualTo("gateway");
    assertThat(trunk.getRingingTimeout().getSeconds()).isEqualTo(18);
    assertThat(trunk.getHeadersToAttributesMap()).containsEntry("X-Gateway-From", "gateway.from");
    SIPDispatchRuleInfo rule = api.sip().rules().get(0);
    assertThat(rule.getTrunkIdsList()).containsExactly(trunk.getSipTrunkId());
    assertThat(rule.getRoomConfig().getAgents(0).getAgentName()).isEqualTo("voice-agent");
  }

  @Test
  void credentialsThatAreNotSetAreMadeAndToldOnce() {
    Setup first = setup("", NOTHING);
    applied(first);

    assertThat(settings).hasSize(2);
    assertThat(settings.get(0)).isEqualTo("LIVEKIT_SIP_USERNAME=voice-gateway");
    assertThat(settings.get(1)).matches("LIVEKIT_SIP_PASSWORD=[A-Za-z2-9]{32}");
    assertThat(settings.get(1)).endsWith(api.sip().inboundTrunks().get(0).getAuthPassword());
    assertThat(first.newSettings()).isEmpty();
    settings.clear();
    Setup second = setup("", NOTHING);
    assertThat(applied(second).isDone()).isTrue();
    assertThat(settings).isEmpty();
    assertThat(second.newSettings()).first().isEqualTo("LIVEKIT_SIP_USERNAME=voice-gateway");
    assertThat(second.newSettings()).as("told once").isEmpty();
  }

  @Test
  void aNewPasswordIsToldAlsoWhenTheRunStopsAtTheTrunk() {
    Setup setup = setup("", NOTHING);
    SetupPlan shown = setup.plan();
    livekit.close();

    assertThatThrownBy(() -> setup.apply(shown, told::add, settings::add))
        .isInstanceOf(LiveKitFailure.class);

    assertThat(settings).last().asString().matches("LIVEKIT_SIP_PASSWORD=\\w{32}");
  }

  @Test
  void theUserOfANewTrunkIsToldWhenOnlyThePasswordIsSet() {
    applied(setups("", "password").prepared(NOTHING));

    assertThat(settings).containsExactly("LIVEKIT_SIP_USERNAME=voice-gateway");
    assertThat(api.sip().inboundTrunks().get(0).getAuthPassword()).isEqualTo("password");
  }

  @Test
  void ourTrunkWithoutAPasswordGetsOneThatIsToldOnce() {
    livekit.store(ours("ST_ours", "me", ""));
    Setup setup = setup("", NOTHING);

    assertThat(applied(setup).isDone()).isTrue();

    String password = api.sip().inboundTrunks().get(0).getAuthPassword();
    assertThat(password).hasSize(32);
    assertThat(settings).containsExactly("LIVEKIT_SIP_PASSWORD=" + password);
    assertThat(setup.newSettings()).containsExactly("LIVEKIT_SIP_USERNAME=me");
    assertThat(setup.voided()).isEmpty();
  }

  @Test
  void aPasswordThatNobodyWasToldIsNotSaidToBeTold() {
    livekit.store(ours("ST_ours", "me", ""));

    assertThat(setup("", NOTHING).newSettings()).containsExactly("LIVEKIT_SIP_USERNAME=me");
  }

  @Test
  void aPasswordThatLostARaceIsTakenBack() {
    Setup loser = setup("", NOTHING);
    SetupPlan shown = loser.plan();
    applied(setup("", NOTHING));
    settings.clear();

    SetupPlan left = loser.apply(shown, told::add, settings::add);

    assertThat(left.isDone()).isTrue();
    assertThat(settings).last().asString().startsWith("LIVEKIT_SIP_PASSWORD=");
    assertThat(loser.voided().orElseThrow())
        .contains("void", api.sip().inboundTrunks().get(0).getSipTrunkId())
        .doesNotContain(settings.get(settings.size() - 1).substring(21));
  }

  @Test
  void aPasswordWhoseTrunkHadToGoForAnElderOneIsTakenBack() {
    Setup loser = setup("", NOTHING);
    SIPInboundTrunkInfo elder =
        ours("ST_elder", "voice-gateway", "another").toBuilder()
            .setMetadata(Mark.made(Clock.systemUTC().instant().minusSeconds(5)))
            .build();

    SetupPlan left =
        loser.apply(
            loser.plan(),
            sentence -> {
              if (sentence.startsWith("created inbound trunk")) {
                livekit.store(elder);
              }
            },
            settings::add);

    assertThat(left.isDone()).isTrue();
    assertThat(api.sip().inboundTrunks())
        .singleElement()
        .satisfies(trunk -> assertThat(trunk.getAuthPassword()).isEqualTo("another"));
    assertThat(loser.voided()).isPresent();
  }

  @Test
  void aPasswordOfATrunkThatCouldNotBeMadeIsTakenBack() {
    Setup setup = setup("", NOTHING);
    SetupPlan shown = setup.plan();
    livekit.store(wildcard("ST_theirs").build());

    assertThat(setup.apply(shown, told::add, settings::add).isDone()).isFalse();

    assertThat(setup.voided().orElseThrow()).contains("no trunk was made with it");
  }

  @Test
  void theTrunkOfAnotherGatewayIsNotGivenOurUser() {
    applied(setup());
    SipConfiguration before = api.sip().all();
    String id = before.inbound().get(0).getSipTrunkId();
    Setups other = setups("other", "word", "", "other-agent");

    SetupPlan left = applied(other.prepared(NOTHING));

    assertThat(api.sip().all()).isEqualTo(before);
    assertThat(lines(left)).containsExactly("conflict inbound trunk");
    assertThat(left.steps().get(0).words()).contains("has user gateway", "is other");
    assertThat(left.steps().get(0).details()).first().asString().startsWith("--adopt " + id);
    assertThat(left.isDoable()).isFalse();

    assertThat(applied(other.prepared(adopting(id))).isDone()).isTrue();
    assertThat(api.sip().inboundTrunks())
        .singleElement()
        .satisfies(trunk -> assertThat(trunk.getAuthUsername()).isEqualTo("other"));
  }

  @Test
  void anAgentThatNobodyChoseIsNotPlanned() {
    applied(setup());
    SIPDispatchRuleInfo rule = api.sip().rules().get(0);
    Setups unset = setups("gateway", "password", "", "");

    assertThat(unset.prepared(NOTHING).plan().isDone()).isTrue();

    api.sip().deleteRule(rule.getSipDispatchRuleId());
    SetupPlan plan = unset.prepared(NOTHING).plan();
    assertThat(plan.steps()).extracting(Step::words).anyMatch(one -> one.contains("AGENT_NAME"));
    applied(unset.prepared(NOTHING));
    assertThat(api.sip().rules().get(0).getRoomConfig().getAgentsList()).isEmpty();
  }

  @Test
  void withoutJambonzTheWayToAnOutboundTrunkIsTold() {
    assertThat(setup().plan().steps())
        .filteredOn(step -> step.action() == Action.REMARK)
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.what()).isEqualTo("outbound trunk");
              assertThat(step.details())
                  .satisfiesExactly(
                      one -> assertThat(one).contains("--jambonz makes it"),
                      one -> assertThat(one).contains("portal", "/livekit-api/callback"));
            });
  }

  @Test
  void anOutboundTrunkThatLiveKitDoesNotHaveIsAConflict() {
    applied(setup());
    Setup setup = setups("gateway", "password", "ST_out", "voice-agent").prepared(NOTHING);

    assertThat(lines(setup.plan())).contains("conflict outbound trunk");

    livekit.store(
        SIPOutboundTrunkInfo.newBuilder().setSipTrunkId("ST_out").addNumbers("any").build());
    assertThat(lines(setup.plan())).contains("keep outbound trunk");
    assertThat(setup.plan().isDone()).isTrue();
  }

  @Test
  void aRuleOfOthersForAnyTrunkIsNoReasonToMakeNone() {
    livekit.store(openRule());

    assertThat(lines(setup().plan()))
        .containsExactly("create inbound trunk", "create dispatch rule", "foreign dispatch rule");
    assertThat(applied(setup()).isDone()).isTrue();
    assertThat(api.sip().rules()).hasSize(2).contains(openRule());
  }

  @Test
  void aRuleThatWasAdoptedBesideOurTrunkIsRememberedAsLongAsItIsThere() {
    livekit.store(openRule());
    assertThat(applied(setup("password", adopting("SDR_open"))).isDone()).isTrue();
    assertThat(api.sip().rules()).containsExactly(openRule());

    assertThat(lines(setup().plan())).containsExactly("keep inbound trunk", "keep dispatch rule");

    api.sip().deleteRule("SDR_open");
    assertThat(lines(setup().plan()))
        .containsExactly("change inbound trunk", "create dispatch rule");
    assertThat(applied(setup()).isDone()).isTrue();
    assertThat(lines(setup().plan())).containsExactly("keep inbound trunk", "keep dispatch rule");
  }

  @Test
  void aTrunkAndARuleThatWereAdoptedAreUsedWithoutBeingNamedAgain() {
    SIPInboundTrunkInfo trunk = wildcard("ST_theirs").build();
    livekit.store(trunk);
    livekit.store(openRule());
    assertThat(applied(setup("password", adopting("ST_theirs", "SDR_open"))).isDone()).isTrue();

    assertThat(setup().plan().isDone()).isTrue();
    assertThat(api.sip().inboundTrunks()).containsExactly(trunk);
    assertThat(api.sip().rules()).containsExactly(openRule());
  }

  @Test
  void anAdoptedTrunkWhoseLoginTheSettingsLackSaysSo() {
    livekit.store(wildcard("ST_theirs").build());

    SetupPlan plan = setup("", adopting("ST_theirs")).plan();

    assertThat(plan.conflicts()).isZero();
    assertThat(plan.steps().get(0).details())
        .containsExactly("LIVEKIT_SIP_USERNAME and LIVEKIT_SIP_PASSWORD must be its own");
  }

  @Test
  void aTrunkThatAsksNobodyForAPasswordIsNotTakenForAnAdoptedOne() {
    livekit.store(openRule());
    for (String everybody : List.of("not an address", "0.0.0.0/0", "::/0")) {
      livekit.store(
          wildcard("ST_theirs").clearAuthPassword().addAllowedAddresses(everybody).build());

      assertThat(setup().plan().conflicts()).as(everybody).isEqualTo(1);
    }
  }

  @Test
  void addressesThatAreNamedBesideATrunkOfOthersLimitNothingAndThatIsSaid() {
    livekit.store(wildcard("ST_theirs").build());
    SetupOptions limited =
        new SetupOptions(
            Set.of("ST_theirs"), Set.of(), List.of("192.0.2.1"), false, false, List.of());

    assertThat(setups("password").prepared(limited).plan().steps())
        .filteredOn(step -> step.words().contains("--allow"))
        .singleElement()
        .satisfies(step -> assertThat(step.action()).isEqualTo(Action.CONFLICT));
  }

  @Test
  void whatCannotBeAdoptedIsSaidBeforehand() {
    livekit.store(wildcard("ST_one").build());
    livekit.store(wildcard("ST_two").build());
    livekit.store(
        SIPOutboundTrunkInfo.newBuilder().setSipTrunkId("ST_out").addNumbers("any").build());

    assertThat(refusal(adopting("ST_none"))).contains("no trunk or rule ST_none");
    assertThat(refusal(adopting("ST_out"))).contains("ST_out is an outbound trunk");
    assertThat(refusal(adopting("ST_one", "ST_two"))).contains("one trunk and one rule");
    assertThat(
            refusal(
                new SetupOptions(
                    Set.of("ST_one"), Set.of("ST_one"), List.of(), false, false, List.of())))
        .contains("ST_one cannot be adopted and pruned");
    assertThat(setups("password").refusal(adopting("ST_one"))).isEmpty();
    assertThat(setups("password").refusal(pruning("ST_out"))).isEmpty();
  }

  @Test
  void namesOfOthersDoNotShowTheirNumbers() {
    livekit.store(
        SIPInboundTrunkInfo.newBuilder()
            .setSipTrunkId("ST_named")
            .setName("line +49 30 1234567")
            .addNumbers("+15550001000")
            .build());
    livekit.store(
        SIPDispatchRuleInfo.newBuilder()
            .setSipDispatchRuleId("SDR_named")
            .setName("for +49 30 1234567")
            .addTrunkIds("ST_named")
            .setRule(
                SIPDispatchRule.newBuilder()
                    .setDispatchRuleDirect(
                        SIPDispatchRuleDirect.newBuilder().setRoomName("desk-49301234567")))
            .build());

    assertThat(setup().plan().toString()).contains("ST_named", "***567").doesNotContain("1234567");
  }

  @Test
  void noPasswordIsEverPartOfAPlan() {
    applied(setup("s3cret-of-the-trunk", NOTHING));
    SetupPlan changed = setup("an0ther-secret", NOTHING).plan();

    assertThat(changed.steps()).extracting(Step::action).contains(Action.CHANGE);
    assertThat(changed.toString() + told).doesNotContain("s3cret", "an0ther");
  }

  @Test
  void whatSomebodyChangedOnOursIsChangedBack() {
    applied(setup());
    SIPInboundTrunkInfo trunk = api.sip().inboundTrunks().get(0);
    livekit.store(trunk.toBuilder().addNumbers("+15550001000").clearRingingTimeout().build());
    SIPDispatchRuleInfo rule = api.sip().rules().get(0);
    livekit.store(
        rule.toBuilder()
            .setRule(callee(SIPDispatchRuleCallee.newBuilder().setRandomize(true)))
            .clearTrunkIds()
            .build());

    SetupPlan plan = setup().plan();

    assertThat(lines(plan)).containsExactly("change inbound trunk", "change dispatch rule");
    assertThat(plan.steps().get(0).details())
        .containsExactly("numbers: [***000] -> []", "ringing_timeout: none -> 18 s");
    assertThat(applied(setup()).isDone()).isTrue();
    assertThat(api.sip().inboundTrunks()).containsExactly(trunk);
    assertThat(api.sip().rules()).containsExactly(rule);
  }

  @Test
  void aTrunkWithoutNumbersThatIsNotOursIsAConflictWithTwoWaysOut() {
    livekit.store(wildcard("ST_theirs").build());

    SetupPlan plan = setup().plan();

    assertThat(lines(plan)).startsWith("conflict inbound trunk");
    Step conflict = plan.steps().get(0);
    assertThat(conflict.id()).isEqualTo("ST_theirs");
    assertThat(conflict.details()).anyMatch(line -> line.startsWith("--adopt ST_theirs"));
    assertThat(conflict.details()).anyMatch(line -> line.startsWith("--prune ST_theirs"));
    assertThat(applied(setup()).isDone()).isFalse();
    assertThat(told).isEmpty();
    assertThat(api.sip().rules()).isEmpty();
  }

  @Test
  void anAdoptedTrunkIsUsedAsItIsAndRememberedByOurRule() {
    SIPInboundTrunkInfo theirs = wildcard("ST_theirs").build();
    livekit.store(theirs);

    assertThat(applied(setup("password", adopting("ST_theirs"))).isDone()).isTrue();

    assertThat(api.sip().inboundTrunks()).containsExactly(theirs);
    assertThat(api.sip().rules().get(0).getTrunkIdsList()).containsExactly("ST_theirs");
    assertThat(setup("password", NOTHING).plan().isDone()).isTrue();
  }

  @Test
  void anAdoptedTrunkWithAnotherPasswordDoesNotFit() {
    livekit.store(wildcard("ST_theirs").build());

    SetupPlan plan = setup("wrong", adopting("ST_theirs")).plan();

    assertThat(plan.conflicts()).isEqualTo(1);
    assertThat(plan.steps())
        .extracting(Step::words)
        .anyMatch(words -> words.contains("another user"));
  }

  @Test
  void anAdoptionThatDoesNotFitTakesNothingAway() {
    applied(setup());
    SipConfiguration before = api.sip().all();
    livekit.store(wildcard("ST_theirs").addNumbers("+15550001000").build());
    told.clear();

    applied(setup("wrong", adopting("ST_theirs")));

    assertThat(told).isEmpty();
    assertThat(api.sip().rules()).isEqualTo(before.rules());
    assertThat(api.sip().inboundTrunks()).containsAll(before.inbound());
  }

  @Test
  void oursIsKeptWhenItIsNamedAsIfItWereSomebodyElses() {
    applied(setup());
    SipConfiguration before = api.sip().all();
    String trunk = before.inbound().get(0).getSipTrunkId();
    String rule = before.rules().get(0).getSipDispatchRuleId();

    assertThat(applied(setup("password", adopting(trunk, rule))).isDone()).isTrue();

    assertThat(api.sip().all()).isEqualTo(before);
  }

  @Test
  void anAdoptedRuleIsRememberedBecauseItFits() {
    applied(setup());
    SIPDispatchRuleInfo rule =
        api.sip().rules().get(0).toBuilder()
            .setSipDispatchRuleId("SDR_theirs")
            .setMetadata("theirs")
            .build();
    api.sip().deleteRule(api.sip().rules().get(0).getSipDispatchRuleId());
    livekit.store(rule);

    SetupPlan plan = setup().plan();

    assertThat(plan.isDone()).isTrue();
    assertThat(lines(plan)).containsExactly("keep inbound trunk", "keep dispatch rule");
  }

  @Test
  void everyCallerWhoWouldNotGetIntoHisRoomIsTold() {
    applied(setup());
    livekit.store(
        SIPDispatchRuleInfo.newBuilder()
            .setSipDispatchRuleId("SDR_vip")
            .addTrunkIds(api.sip().inboundTrunks().get(0).getSipTrunkId())
            .addInboundNumbers("+4930123456")
            .setRule(
                SIPDispatchRule.newBuilder()
                    .setDispatchRuleIndividual(
                        SIPDispatchRuleIndividual.newBuilder().setRoomPrefix("vip-")))
            .build());

    SetupPlan plan = setup().plan();

    assertThat(plan.steps())
        .filteredOn(step -> step.action() == Action.CONFLICT)
        .extracting(Step::words)
        .anyMatch(words -> words.startsWith("one from ***456"))
        .noneMatch(words -> words.contains("4930123456"));
  }

  @Test
  void aPrunedTrunkIsDeletedAndOursTakesItsPlace() {
    livekit.store(wildcard("ST_theirs").build());

    assertThat(applied(setup("password", pruning("ST_theirs"))).isDone()).isTrue();

    assertThat(told).first().isEqualTo("deleted inbound trunk ST_theirs");
    assertThat(api.sip().inboundTrunks())
        .singleElement()
        .satisfies(trunk -> assertThat(Mark.isOn(trunk.getMetadata())).isTrue());
  }

  @Test
  void tenTrunksAndRulesOfOthersStayAsTheyAreByteForByte() {
    IntStream.range(0, 10).forEach(this::storeForeign);
    SipConfiguration before = api.sip().all();

    assertThat(applied(setup()).isDone()).isTrue();
    assertThat(lines(setup().plan()).stream().filter(line -> line.startsWith("foreign")))
        .hasSize(20);
    assertThat(applied(setup("password", pruning("ST_other3", "SDR_other3"))).isDone()).isTrue();

    SipConfiguration after = api.sip().all();
    assertThat(after.inbound()).containsAll(without(before.inbound(), "ST_other3")).hasSize(10);
    assertThat(after.rules())
        .containsAll(
            before.rules().stream()
                .filter(rule -> !rule.getSipDispatchRuleId().equals("SDR_other3"))
                .toList())
        .hasSize(10);
  }

  @Test
  void pruningAllInboundLeavesOnlyOurs() {
    IntStream.range(0, 10).forEach(this::storeForeign);

    assertThat(applied(setup("password", pruning(allOfOthers()))).isDone()).isTrue();

    assertThat(api.sip().inboundTrunks()).hasSize(1);
    assertThat(api.sip().rules()).hasSize(1);
  }

  @Test
  void pruningAllInboundSparesWhatWasMadeAfterItWasShown() {
    storeForeign(1);
    Setup setup = setup("password", pruning(allOfOthers()));
    SetupPlan shown = setup.plan();
    storeForeign(2);

    assertThat(setup.apply(shown, told::add, settings::add).isDone()).isTrue();

    assertThat(api.sip().inboundTrunks())
        .extracting(SIPInboundTrunkInfo::getSipTrunkId)
        .contains("ST_other2")
        .doesNotContain("ST_other1");
  }

  @Test
  void aRuleThatBeatsOursIsAConflict() {
    applied(setup());
    String trunk = api.sip().inboundTrunks().get(0).getSipTrunkId();
    livekit.store(
        SIPDispatchRuleInfo.newBuilder()
            .setSipDispatchRuleId("SDR_pin")
            .addTrunkIds(trunk)
            .setRule(
                SIPDispatchRule.newBuilder()
                    .setDispatchRuleDirect(
                        SIPDispatchRuleDirect.newBuilder().setRoomName("lobby").setPin("1234")))
            .build());

    SetupPlan plan = setup().plan();

    assertThat(plan.conflicts()).isEqualTo(1);
    assertThat(plan.steps().toString())
        .contains("SDR_pin", "PIN", "--prune SDR_pin deletes that")
        .doesNotContain("1234", "--prune " + trunk);
  }

  @Test
  void aTrunkThatTakesOurCallsFromSomeCallersOnlyIsAConflict() {
    applied(setup());
    livekit.store(wildcard("ST_some").addAllowedNumbers("+15559990000").build());

    SetupPlan plan = setup().plan();

    assertThat(plan.conflicts()).isEqualTo(1);
    assertThat(plan.steps().toString()).contains("ST_some").doesNotContain("5559990000");
  }

  @Test
  void noTrunkIsMadeBesideWhichCallersOfOthersWouldGet503() {
    livekit.store(wildcard("ST_some").addAllowedNumbers("+15559990000").build());

    SetupPlan left = applied(setup());

    assertThat(api.sip().inboundTrunks()).hasSize(1);
    assertThat(left.steps())
        .filteredOn(step -> step.action() == Action.CONFLICT)
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.id()).isEqualTo("ST_some");
              assertThat(step.words()).contains("503");
            });
  }

  @Test
  void whatCutsTalksShortOrKeepsJambonzOutIsTakenFromOurTrunk() {
    applied(setup());
    livekit.store(
        api.sip().inboundTrunks().get(0).toBuilder()
            .setMaxCallDuration(Duration.newBuilder().setSeconds(6))
            .setMediaEncryption(SIPMediaEncryption.SIP_MEDIA_ENCRYPT_REQUIRE)
            .build());

    assertThat(setup().plan().steps().toString())
        .contains("max_call_duration: 6 s -> none", "SIP_MEDIA_ENCRYPT_ALLOW");
    assertThat(applied(setup()).isDone()).isTrue();

    SIPInboundTrunkInfo trunk = api.sip().inboundTrunks().get(0);
    assertThat(trunk.hasMaxCallDuration()).isFalse();
    assertThat(trunk.getMediaEncryption()).isEqualTo(SIPMediaEncryption.SIP_MEDIA_ENCRYPT_ALLOW);
  }

  @Test
  void twoOfOursAreBroughtDownToTheEldest() {
    applied(setup());
    SIPInboundTrunkInfo trunk = api.sip().inboundTrunks().get(0);
    SIPDispatchRuleInfo rule = api.sip().rules().get(0);
    livekit.store(
        trunk.toBuilder()
            .setSipTrunkId("ST_0later")
            .setMetadata(Mark.made(Mark.madeAt(trunk.getMetadata()).plusSeconds(1)))
            .build());
    livekit.store(
        rule.toBuilder()
            .setSipDispatchRuleId("SDR_0later")
            .clearTrunkIds()
            .addTrunkIds("ST_0later")
            .setMetadata(Mark.made(Mark.madeAt(rule.getMetadata()).plusSeconds(1)))
            .build());

    assertThat(applied(setup()).isDone()).isTrue();

    assertThat(api.sip().inboundTrunks()).containsExactly(trunk);
    assertThat(api.sip().rules()).containsExactly(rule);
  }

  @Test
  void aSetupThatWasBrokenOffIsFinishedByTheNext() {
    livekit.store(
        InboundTrunk.made(
                new Blueprint("gateway", "password", "new", List.of(), 18, "voice-agent"),
                Clock.systemUTC().instant())
            .toBuilder()
            .setSipTrunkId("ST_ours")
            .build());

    assertThat(lines(setup().plan())).containsExactly("keep inbound trunk", "create dispatch rule");
    assertThat(applied(setup()).isDone()).isTrue();
  }

  @Test
  void onlyNamedAddressesMayCallWhenTheyAreNamed() {
    applied(
        setup(
            "password",
            new SetupOptions(
                Set.of(), Set.of(), List.of("192.0.2.0/24"), false, false, List.of())));

    assertThat(api.sip().inboundTrunks().get(0).getAllowedAddressesList())
        .containsExactly("192.0.2.0/24");
    assertThat(setup().plan().isDone()).as("addresses stay when none are named").isTrue();
  }

  @Test
  void aLiveKitThatDoesNotAnswerStopsTheSetup() {
    Setup setup = setup();
    livekit.close();

    assertThatThrownBy(() -> applied(setup)).isInstanceOf(LiveKitFailure.class);
  }

  private static final SetupOptions NOTHING =
      new SetupOptions(Set.of(), Set.of(), List.of(), false, false, List.of());

  private static SetupOptions adopting(String... ids) {
    return new SetupOptions(Set.of(ids), Set.of(), List.of(), false, false, List.of());
  }

  private static SetupOptions pruning(String... ids) {
    return new SetupOptions(Set.of(), Set.of(ids), List.of(), false, false, List.of());
  }

  private String[] allOfOthers() {
    return setups("password").inboundOfOthers().toArray(String[]::new);
  }

  private SetupPlan applied(Setup setup) {
    return setup.apply(setup.plan(), told::add, settings::add);
  }

  private Setup setup() {
    return setup("password", NOTHING);
  }

  private Setup setup(String password, SetupOptions options) {
    return setups(password).prepared(options);
  }

  private String refusal(SetupOptions options) {
    return setups("password").refusal(options).orElseThrow();
  }

  private Setups setups(String password) {
    return setups(password.isEmpty() ? "" : "gateway", password);
  }

  private Setups setups(String username, String password) {
    return setups(username, password, "", "voice-agent");
  }

  private Setups setups(String username, String password, String outboundTrunk, String agent) {
    return new Setups(
        api.livekits().standard(),
        TestJambonz.unset(),
        TestProjects.one(
            new SipSettings("sip.example.test", username, password, "tcp"), outboundTrunk),
        new JambonzSettings(List.of(), "", false),
        new PlanSettings(agent, "", "", "", "none").read(new MockEnvironment()),
        agent,
        Clock.systemUTC());
  }

  private void storeForeign(int i) {
    livekit.store(
        SIPInboundTrunkInfo.newBuilder()
            .setSipTrunkId("ST_other" + i)
            .setName("other " + i)
            .setMetadata("theirs")
            .addNumbers("+1555000200" + i)
            .setAuthUsername("other")
            .setAuthPassword("secret")
            .putHeaders("X-Other", "yes")
            .setKrispEnabled(true)
            .build());
    livekit.store(
        SIPDispatchRuleInfo.newBuilder()
            .setSipDispatchRuleId("SDR_other" + i)
            .setName("other " + i)
            .addTrunkIds("ST_other" + i)
            .putAttributes("other", "yes")
            .setRule(
                SIPDispatchRule.newBuilder()
                    .setDispatchRuleDirect(SIPDispatchRuleDirect.newBuilder().setRoomName("r" + i)))
            .build());
  }

  private static List<SIPInboundTrunkInfo> without(List<SIPInboundTrunkInfo> trunks, String id) {
    return trunks.stream().filter(trunk -> !trunk.getSipTrunkId().equals(id)).toList();
  }

  private static SIPInboundTrunkInfo ours(String id, String user, String password) {
    return wildcard(id)
        .setMetadata(Mark.made(Clock.systemUTC().instant()))
        .setAuthUsername(user)
        .setAuthPassword(password)
        .build();
  }

  private static SIPInboundTrunkInfo.Builder wildcard(String id) {
    return SIPInboundTrunkInfo.newBuilder()
        .setSipTrunkId(id)
        .setName("theirs")
        .setAuthUsername("gateway")
        .setAuthPassword("password");
  }

  private static SIPDispatchRuleInfo openRule() {
    return SIPDispatchRuleInfo.newBuilder()
        .setSipDispatchRuleId("SDR_open")
        .setMetadata("theirs")
        .setRule(callee(SIPDispatchRuleCallee.newBuilder()))
        .build();
  }

  private static SIPDispatchRule callee(SIPDispatchRuleCallee.Builder rule) {
    return SIPDispatchRule.newBuilder().setDispatchRuleCallee(rule).build();
  }

  /** Without what is only told, of the outbound trunk. */
  private static List<String> lines(SetupPlan plan) {
    return plan.steps().stream()
        .filter(step -> step.action() != Action.REMARK)
        .map(step -> step.action().word() + " " + step.what())
        .toList();
  }
}
