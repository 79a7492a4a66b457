package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.project.ProjectSettings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;

class SettingsCheckTest {

  @Test
  void theSandboxNeedsNothing() {
    assertThat(SettingsCheck.problems(new MockEnvironment())).isEmpty();
  }

  @Test
  void aLiveKitWithAllItsSettingsIsFine() {
    assertThat(SettingsCheck.problems(complete())).isEmpty();
  }

  @Test
  void everyMissingSettingGetsALineThatBeginsWithItsName() {
    MockEnvironment environment =
        new MockEnvironment().withProperty("gateway.livekit.url", "wss://a.example.test");

    assertThat(SettingsCheck.problems(environment))
        .extracting(problem -> problem.split(" ", 2)[0])
        .containsExactly(
            "LIVEKIT_API_KEY",
            "LIVEKIT_API_SECRET",
            "AGENT_NAME",
            "JAMBONZ_WEBHOOK_SECRET",
            "LIVEKIT_SIP_URI",
            "LIVEKIT_SIP_USERNAME",
            "LIVEKIT_SIP_PASSWORD");
  }

  @Test
  void aProviderThatVouchesForOperatorsMustKnowTheGateway() {
    String keycloak = "spring.security.oauth2.client.registration.keycloak.";
    MockEnvironment environment =
        new MockEnvironment().withProperty(keycloak + "client-name", "Keycloak");

    assertThat(SettingsCheck.problems(environment))
        .singleElement()
        .asString()
        .startsWith(keycloak + "client-id is missing");
    assertThat(SettingsCheck.problems(environment.withProperty(keycloak + "client-id", "gateway")))
        .isEmpty();
  }

  @Test
  void whoOnlyLetsLiveKitRingBackNeedsATrunkForThatAndNothingToDial() {
    MockEnvironment environment =
        new MockEnvironment()
            .withProperty("gateway.livekit.url", "wss://a.example.test")
            .withProperty("gateway.plan.connect", "callback")
            .withProperty("gateway.plan.file", "none");

    assertThat(SettingsCheck.problems(environment))
        .extracting(problem -> problem.split(" ", 2)[0])
        .contains("LIVEKIT_OUTBOUND_TRUNK")
        .doesNotContain("LIVEKIT_SIP_URI", "LIVEKIT_SIP_USERNAME", "LIVEKIT_SIP_PASSWORD");
  }

  @Test
  void aRungThatRingsBackNeedsTheTrunkToo() {
    MockEnvironment environment =
        new MockEnvironment()
            .withProperty("gateway.livekit.url", "wss://a.example.test")
            .withProperty("gateway.plan.fallback", "callback, decline:486")
            .withProperty("gateway.plan.file", "none");

    assertThat(SettingsCheck.problems(environment))
        .extracting(problem -> problem.split(" ", 2)[0])
        .contains("LIVEKIT_OUTBOUND_TRUNK", "LIVEKIT_SIP_URI");
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource({
    "gateway.livekit.url,        project.livekit.cloud,            LIVEKIT_URL",
    "gateway.livekit.url,        ftp://project.livekit.cloud,      LIVEKIT_URL",
    "gateway.sip.uri,            sip:user@host,                    LIVEKIT_SIP_URI must be host",
    "gateway.sip.uri,            my-project.sip.livekit.cloud,     project id",
    "gateway.sip.uri,            p_abc123.sip.livekit.cloud,       without p_",
    "gateway.sip.transport,      ws,                               LIVEKIT_SIP_TRANSPORT",
    "gateway.jambonz.public-url, https://example.test/path,        PUBLIC_URL",
    "gateway.plan.fallback,      pray,                             FALLBACK",
    "gateway.plan.country,       Germany,                          DEFAULT_COUNTRY",
    "gateway.jambonz.webhook-secrets, ',',                         JAMBONZ_WEBHOOK_SECRET",
    "gateway.records.url,        mysql://me:word@db/calls,         DATABASE_URL",
    "gateway.jambonz-api.url,    https://jambonz.example.test,     JAMBONZ_ACCOUNT_SID and JAMBONZ_API_KEY is missing",
    "gateway.call-events.url,    example.test/calls?token=secret,  CALL_EVENTS_URL must be an address",
    "gateway.routes,             src/test,                         ROUTES",
    "gateway.livekit.deadline,   3s,                               gateway.livekit.deadline must be from 100ms to 2s",
    "PORT,                       3000/tcp,                         PORT must be a number",
    "MANAGEMENT_PORT,            65536,                            MANAGEMENT_PORT must be a number",
  })
  void aWrongSettingIsNamed(String name, String value, String said) {
    MockEnvironment environment = complete();
    environment.setProperty(name, value);

    assertThat(SettingsCheck.problems(environment)).singleElement().asString().contains(said);
  }

  @ParameterizedTest
  @CsvSource({
    "sip.example.test", "sip.example.test:5061", "sip:abc123.sip.livekit.cloud",
    "sips:sip.example.test;transport=tls", "127.0.0.1:5060", "[::1]:5060"
  })
  void everyFormOfASipHostWillDo(String host) {
    MockEnvironment environment = complete();
    environment.setProperty("gateway.sip.uri", host);

    assertThat(SettingsCheck.problems(environment)).isEmpty();
  }

  @Test
  void theAddressOfJambonzsApiIsLookedAt() {
    MockEnvironment environment = complete();
    environment.setProperty("gateway.jambonz-api.url", "jambonz.example.test/v1");
    environment.setProperty("gateway.jambonz-api.account-sid", "account");
    environment.setProperty("gateway.jambonz-api.key", "key");

    assertThat(SettingsCheck.problems(environment))
        .singleElement()
        .asString()
        .startsWith("JAMBONZ_API_URL must be an address");
  }

  @Test
  void theNumberPlanIsLookedAtToo() {
    MockEnvironment environment = complete();
    environment.setProperty("gateway.plan.file", "src/test/resources/wrong-plan.yaml");

    List<String> problems = SettingsCheck.problems(environment);

    assertThat(problems)
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains("gateway.numbers"));
  }

  @Test
  void aListedProjectWithAllItsSettingsIsFine() {
    assertThat(SettingsCheck.problems(withProject())).isEmpty();
  }

  @Test
  void aListedProjectMayHaveSeveralSecretsAndItsOwnRate() {
    MockEnvironment environment = withProject();
    environment.setProperty("gateway.projects.us.livekit.url", "wss://us.livekit.cloud");
    environment.setProperty("gateway.projects.us.livekit.api-key", "key-of-us");
    environment.setProperty("gateway.projects.us.livekit.api-secret", "secret-of-us");
    environment.setProperty("gateway.projects.us.livekit.requests-a-minute", "500");
    environment.setProperty("gateway.projects.us.livekit.deadline", "1500ms");
    environment.setProperty("gateway.projects.us.sip.uri", "sip.us.example.test");
    environment.setProperty("gateway.projects.us.sip.username", "gateway");
    environment.setProperty("gateway.projects.us.sip.password", "password");
    environment.setProperty("gateway.projects.us.outbound.trunk", "ST_us");
    environment.setProperty("gateway.projects.us.jambonz.account-sid", "account-of-us");
    environment.setProperty("gateway.projects.us.jambonz.webhook-secrets[0]", "wh_us");
    environment.setProperty("gateway.projects.us.jambonz.webhook-secrets[1]", "wh_us_next");

    assertThat(SettingsCheck.problems(environment)).isEmpty();
    assertThat(ProjectSettings.read(environment).of("us").jambonz().webhookSecrets())
        .containsExactly("wh_us", "wh_us_next");
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource({
    "livekit.url,              '',                       must be an address such as",
    "livekit.api-key,          '',                       is missing",
    "livekit.api-secret,       ${NOT_SET},               is missing",
    "sip.uri,                  '',                       is missing",
    "sip.password,             '',                       is missing",
    "sip.uri,                  eu.sip.livekit.cloud,     made from the project's name",
    "sip.transport,            ws,                       must be tcp",
    "jambonz.webhook-secrets,  '',                       is missing",
    "jambonz.api-url,          https://j.example.test,   is missing",
    "livekit.api_url,          wss://x,                  is not known",
    "livekit.deadline,         10s,                      must be from 100ms to 2s",
    "livekit.deadline,         0,                        must be from 100ms to 2s",
    "livekit.deadline,         soon,                     must be from 100ms to 2s",
    "livekit.api-key,          key,                      is that of project default already",
    "jambonz.account-sid,      account,                  is that of project default already",
  })
  void aWrongSettingOfAListedProjectIsNamedByItsPath(String key, String value, String said) {
    MockEnvironment environment = withProject();
    environment.setProperty("gateway.jambonz-api.url", "https://jambonz.example.test");
    environment.setProperty("gateway.jambonz-api.account-sid", "account");
    environment.setProperty("gateway.jambonz-api.key", "key");
    environment.setProperty("gateway.projects.eu." + key, value);

    assertThat(SettingsCheck.problems(environment))
        .singleElement()
        .asString()
        .startsWith("gateway.projects.eu.")
        .contains(said)
        .doesNotContain("LIVEKIT_", "JAMBONZ_", "\n");
  }

  @Test
  void aProjectIsCalledByAPlainName() {
    MockEnvironment environment = withProject();
    environment.setProperty("gateway.projects.default.livekit.url", "wss://eu.livekit.cloud");

    assertThat(SettingsCheck.problems(environment))
        .singleElement()
        .asString()
        .startsWith("gateway.projects.default must be called otherwise");
  }

  @Test
  void aProjectThatIsNotListedIsAnErrorOfThePlan() {
    MockEnvironment environment = complete();
    environment.setProperty("gateway.plan.fallback", "project:eu, notice");
    assertThat(SettingsCheck.problems(environment))
        .singleElement()
        .asString()
        .startsWith("FALLBACK, fallback: no project is called 'eu', known are default");

    environment.setProperty("gateway.plan.fallback", "");
    environment.setProperty("gateway.plan.file", "src/test/resources/projects.yaml");
    assertThat(SettingsCheck.problems(environment))
        .hasSize(12)
        .allSatisfy(line -> assertThat(line).contains("gateway.numbers[", "no project is called"));
  }

  private static MockEnvironment withProject() {
    return complete()
        .withProperty("gateway.projects.eu.livekit.url", "wss://eu.livekit.cloud")
        .withProperty("gateway.projects.eu.livekit.api-key", "key-of-eu")
        .withProperty("gateway.projects.eu.livekit.api-secret", "secret-of-eu")
        .withProperty("gateway.projects.eu.sip.uri", "def456.sip.livekit.cloud")
        .withProperty("gateway.projects.eu.sip.username", "gateway")
        .withProperty("gateway.projects.eu.sip.password", "password")
        .withProperty("gateway.projects.eu.outbound.trunk", "ST_eu")
        .withProperty("gateway.projects.eu.jambonz.account-sid", "account-of-eu")
        .withProperty("gateway.projects.eu.jambonz.webhook-secrets", "wh_eu");
  }

  private static MockEnvironment complete() {
    return new MockEnvironment()
        .withProperty("gateway.livekit.url", "wss://my-project.livekit.cloud")
        .withProperty("gateway.livekit.api-key", "key")
        .withProperty("gateway.livekit.api-secret", "secret")
        .withProperty("gateway.sip.uri", "abc123.sip.livekit.cloud")
        .withProperty("gateway.sip.username", "gateway")
        .withProperty("gateway.sip.password", "secret")
        .withProperty("gateway.outbound.trunk", "ST_outbound")
        .withProperty("gateway.jambonz.webhook-secrets", "wh_secret")
        .withProperty("gateway.plan.file", Path.of("src/test/resources/plan.yaml").toString())
        .withProperty("gateway.plan.agent", "voice-agent");
  }
}
