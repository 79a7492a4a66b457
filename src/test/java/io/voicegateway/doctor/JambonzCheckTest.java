package io.voicegateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voicegateway.doctor.Diagnosis.Level;
import io.voicegateway.jambonz.rest.StubJambonz;
import io.voicegateway.jambonz.rest.TestJambonz;
import java.io.IOException;
import java.util.List;
import livekit.LivekitSip.SIPOutboundTrunkInfo;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the doctor says of the account in Jambonz. */
class JambonzCheckTest {

  private static final String HERE = "https://gateway.example.test";
  private static final String OLD = "https://old.example.test";

  private StubJambonz jambonz;

  private @Nullable SIPOutboundTrunkInfo trunk;

  @BeforeEach
  void start() throws IOException {
    jambonz = new StubJambonz();
  }

  @AfterEach
  void stop() {
    jambonz.close();
  }

  @Test
  void anAccountThatCallsTheGatewayIsOk() {
    addApplication(HERE + "/livekit-api#rc=2&rp=all", "POST", HERE + "/livekit-api/status");

    assertThat(examine(HERE)).extracting(Diagnosis::level).containsOnly(Level.OK);
    assertThat(examine(HERE).toString()).contains("192.0.2.10");
  }

  @ParameterizedTest(name = "{0} {1}, {2}: {3} {4}")
  @CsvSource({
    "@/livekit-api#rp=all,      GET,  @/livekit-api/status,      PROBLEM, not a POST",
    "@/livekit-api#rp=all,      POST, @/livekit-api,             PROBLEM, is the calling webhook",
    "@/livekit-api#rp=all,      POST, @/other,                   WARNING, calls' ends are missed",
    "@/livekit-api#rp=all,      POST, OLD/livekit-api/status, WARNING, calls' ends are missed",
    "@/livekit-api#rp=ct,       POST, @/livekit-api/status,      WARNING, not tried again",
    "OLD/livekit-api#rp=all, POST, OLD/livekit-api/status, PROBLEM, this gateway is at",
    "@/other,                   POST, @/livekit-api/status,      PROBLEM, no application",
  })
  void aHookThatDoesNotFitIsNamed(
      String callHook, String method, String statusHook, Level level, String words) {
    addApplication(whole(callHook), method, whole(statusHook));

    assertThat(examine(HERE))
        .filteredOn(one -> one.check().equals("application"))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.level()).isEqualTo(level);
              assertThat(one.words()).contains(words);
            });
  }

  @Test
  void anotherGatewaysApplicationBesideOursIsNobodysFault() {
    addApplication(HERE + "/livekit-api#rp=all", "POST", HERE + "/livekit-api/status");
    addApplication(OLD + "/livekit-api#rp=all", "POST", OLD + "/livekit-api/status");

    assertThat(examine(HERE)).extracting(Diagnosis::level).containsOnly(Level.OK);
    assertThat(examine("")).as("both may be ours").hasSize(5);
  }

  @Test
  void anApplicationWithoutAStatusHookMissesTheEndsOfCalls() {
    addApplication(HERE + "/livekit-api#rp=all", "POST", "none");
    ((ObjectNode) jambonz.applications.get(0)).putNull("call_status_hook");

    assertThat(examine(HERE))
        .filteredOn(one -> one.check().equals("application"))
        .singleElement()
        .satisfies(one -> assertThat(one.words()).contains("calls' ends are missed"));
  }

  @Test
  void anAccountThatIsSwitchedOffIsAProblem() {
    jambonz.account.put("is_active", 0);

    assertThat(examine(HERE)).first().extracting(Diagnosis::level).isEqualTo(Level.PROBLEM);
  }

  @Test
  void whereLiveKitCallsInItsWayIsLookedAtToo() {
    addApplication(HERE + "/livekit-api#rp=all", "POST", HERE + "/livekit-api/status");
    assertThat(ofLiveKit()).extracting(Diagnosis::level).containsExactly(Level.WARNING);

    ObjectNode client = addClient("x").put("is_active", 0);
    assertThat(ofLiveKit()).singleElement().asString().contains("switched off");

    client.put("is_active", 1);
    assertThat(ofLiveKit()).singleElement().asString().contains("do not run the application");

    addApplication(HERE + "/livekit-api/callback#rp=all", "POST", HERE + "/livekit-api/status");
    jambonz.account.put("device_calling_application_sid", "app-2");
    assertThat(ofLiveKit()).extracting(Diagnosis::level).containsExactly(Level.OK);

    jambonz.account.putNull("sip_realm");
    assertThat(ofLiveKit()).first().asString().contains("SIP realm");
  }

  @Test
  void aClientWithAnotherPasswordThanTheTrunkLetsNobodyIn() {
    addClient("secret");
    trunk =
        SIPOutboundTrunkInfo.newBuilder()
            .setAuthUsername("voice-gateway")
            .setAuthPassword("another-secret")
            .build();

    assertThat(ofLiveKit())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.level()).isEqualTo(Level.PROBLEM);
              assertThat(one.words()).contains("another password").doesNotContain("secret");
            });
  }

  private ObjectNode addClient(String password) {
    return jambonz
        .clients
        .addObject()
        .put("client_sid", "client-1")
        .put("username", "voice-gateway")
        .put("account_sid", StubJambonz.ACCOUNT)
        .put("password", password)
        .put("is_active", 1);
  }

  private List<Diagnosis> ofLiveKit() {
    return new JambonzCheck(jambonz.api(), List.of("wh_secret_1"), HERE, true, trunk)
        .examine().stream().filter(one -> one.check().equals("SIP client")).toList();
  }

  @Test
  void aSecretThatIsNoneOfOursIsAProblemAndNotTold() {
    List<Diagnosis> all =
        new JambonzCheck(jambonz.api(), List.of("other"), HERE, false, null).examine();

    assertThat(all)
        .filteredOn(one -> one.check().equals("webhook secret"))
        .singleElement()
        .satisfies(one -> assertThat(one.level()).isEqualTo(Level.PROBLEM));
    assertThat(all.toString()).doesNotContain("wh_secret_1");
  }

  @Test
  void anApiThatIsNotSetIsSkippedAndOneThatDoesNotAnswerIsAProblem() {
    assertThat(new JambonzCheck(TestJambonz.unset(), List.of(), HERE, false, null).examine())
        .singleElement()
        .satisfies(one -> assertThat(one.level()).isEqualTo(Level.SKIPPED));
    var api = jambonz.api();
    jambonz.close();
    assertThat(new JambonzCheck(api, List.of(), HERE, false, null).examine())
        .singleElement()
        .satisfies(one -> assertThat(one.level()).isEqualTo(Level.PROBLEM));
  }

  private static String whole(String hook) {
    return hook.replace("@", HERE).replace("OLD", OLD);
  }

  private void addApplication(String callHook, String method, String statusHook) {
    ObjectNode application =
        jambonz
            .applications
            .addObject()
            .put("application_sid", "app-" + jambonz.applications.size())
            .put("name", "app");
    application.putObject("call_hook").put("url", callHook).put("method", method);
    application.putObject("call_status_hook").put("url", statusHook).put("method", "POST");
  }

  private List<Diagnosis> examine(String publicUrl) {
    return new JambonzCheck(jambonz.api(), List.of("wh_secret_1"), publicUrl, false, null)
        .examine();
  }
}
