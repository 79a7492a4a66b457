package io.voicegateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every call that was sent to a real LiveKit, judged from what was written down of it. */
class OfflineDoctorTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path LINES = Path.of("target", "doctor-lines.txt");

  @Test
  void everyRecordedCallIsJudgedAsARealLiveKitJudgedIt() throws IOException {
    String recorded = recorded();
    List<JsonNode> cases = new ArrayList<>();
    JSON.readTree(recorded).forEach(cases::add);

    List<Judgement> judgements = judge(recorded);

    assertThat(judgements).hasSize(71);
    SoftAssertions softly = new SoftAssertions();
    for (int i = 0; i < cases.size(); i++) {
      compare(cases.get(i), judgements.get(i), softly);
    }
    softly.assertAll();
    Files.write(
        LINES,
        judgements.stream()
            .map(
                one ->
                    "%s | %s | %s | %s"
                        .formatted(one.name(), one.outcome(), one.causeCode(), one.cause()))
            .toList());
  }

  @Test
  void everythingButAnAcceptedCallComesWithAdvice() throws IOException {
    assertThat(judge(recorded()))
        .allMatch(one -> one.causeCode().equals("accepted") || !one.advice().isEmpty());
  }

  @Test
  void listsAreReadAsLiveKitsCommandLinePrintsThem() {
    String json =
        """
        {"trunks": {"items": [{"sipTrunkId": "ST_a", "name": "a", "authUsername": "me",
                               "authPassword": "word", "ringingTimeout": "18s"}]},
         "rules": {"items": [{"sipDispatchRuleId": "SDR_a", "trunkIds": ["ST_a"],
                              "rule": {"dispatchRuleCallee": {}}, "new_field": {"x": 1}}]},
         "invite": {"from": "+15550100001", "to": "call-1",
                    "auth": {"username": "me", "password": "word"}}}
        """;

    assertThat(judge(json))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.outcome()).isEqualTo("answered");
              assertThat(one.room()).isEqualTo("call-1");
              assertThat(one.ruleId()).isEqualTo("SDR_a");
            });
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                               | there must be a case",
        "{                                                | not JSON",
        "[]                                               | there must be a case",
        "1                                                | there must be a case",
        "{}                                               | trunks is missing",
        "[{'case': 'x'}]                                  | x: trunks is missing",
        "{'trunks': [], 'rule': [], 'invite': {}}         | case 1: rules is missing",
        "{'trunks': [], 'rules': []}                      | case 1: invite is missing",
        "{'trunks': [], 'rules': [], 'invite': {}}        | invite.to is missing",
        "{'trunks': [{'numbers': 5}], 'rules': []}        | trunks, number 1, cannot be read",
        "{'trunks': ['x'], 'rules': []}                   | trunks, number 1, cannot be read",
        "{'trunks': [{'trunk': {'name': 'a'}}], 'rules': []} | has no sip_trunk_id",
        "{'trunks': [], 'rules': [{'rule': {}}]}          | has no sip_dispatch_rule_id",
        "{'trunks': {'sip_trunk_id': 'ST_a'}, 'rules': []} | trunks must be a list",
        "{'trunks': [], 'rules': []} {'trunks': []}       | behind the first JSON value",
        "{'trunks': [], 'rules': [], 'invite': {'to': 'a', 'codecs': 'PCMU'}} | codecs must be a list",
        "{'trunks': [], 'rules': [], 'invite': {'to': 'a', 'auth': 'u:p'}}    | invite.auth must be",
        "{'trunks': [], 'rules': [], 'invite': {'to': {}}} | invite.to must be a text",
        "{'trunks': [], 'rules': [], 'invite': {'to': 'a', 'source': '192.0.2.7:5060'}} | source must be an IP address",
        "{'trunks': [], 'rules': [], 'invite': {'to': 'a', 'source': 'sbc.example.com'}} | source must be an IP address",
        "{'trunks': [], 'rules': [], 'invite': {'to': 'a', 'transport': 'carrier pigeon'}} | transport must be udp, tcp or tls",
        "{'trunks': [{'sip_trunk_id': 'ST_a', 'media': {'encryption': 'x'}}], 'rules': []} | unknown media.encryption",
      })
  void whatIsNoCaseIsSaidToBeNone(String text, String said) {
    assertThatThrownBy(() -> judge(text.replace('\'', '"')))
        .isInstanceOfAny(IllegalArgumentException.class, IllegalStateException.class)
        .hasMessageContaining(said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "{}", "{\"items\": []}", "{\"items\": null}"})
  void nothingIsPrintedInSeveralForms(String nothing) {
    String text =
        "{\"trunks\": %s, \"rules\": %s, \"invite\": {\"to\": \"a\"}}".formatted(nothing, nothing);

    assertThat(judge(text).get(0).outcome()).isEqualTo("dropped");
  }

  @ParameterizedTest(name = "{0} {1} offers {2}: {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                               | {}   | ['PCMU']     | accepted",
        "{}                                               | {}   | []           | no-common-codec",
        "{'encryption': 'SIP_MEDIA_ENCRYPT_REQUIRE'}      | null | ['PCMU']     | srtp-required",
        "{'encryption': 'SIP_MEDIA_ENCRYPT_REQUIRE'}      | {'encryption': 'SIP_MEDIA_ENCRYPT_ALLOW'} | ['PCMU'] | accepted",
        "{'only_listed_codecs': true, 'codecs': [{'name': 'G722'}]} | {} | ['PCMU'] | no-common-codec",
        "{'onlyListedCodecs': true, 'codecs': [{'name': 'G722'}]} | {} | ['G722/8000'] | accepted",
        "{'only_listed_codecs': true, 'codecs': [{'name': 'G722'}]} | {'codecs': [{'name': 'AMR-WB'}]} | ['PCMU'] | accepted",
        "{}                                               | {'codecs': [{'name': 'AMR-WB', 'rate': 16000}]} | ['AMR-WB'] | accepted",
        "{'only_listed_codecs': true}                     | {}   | ['PCMU']     | media-config-unusable",
        "{'codecs': [{'name': 'G729', 'rate': 8000}]}     | {}   | ['G729']     | no-common-codec",
        "{'only_listed_codecs': true, 'codecs': [{'name': 'G729', 'rate': 8000}]} | {} | ['PCMU'] | no-common-codec",
        "{'only_listed_codecs': true, 'codecs': [{'name': 'pcmu', 'rate': 8000}]} | {} | ['PCMU'] | accepted",
        "{'only_listed_codecs': true, 'codecs': [{'name': 'amr-wb', 'rate': 16000}]} | {} | ['amr-wb/16000'] | accepted",
        "{'codecs': [{'name': 'pcmu'}]}                   | {}   | ['PCMU']     | media-config-unusable",
        "{'codecs': [{'name': '', 'rate': 8000}]}         | {}   | ['PCMU']     | media-config-unusable",
      })
  void theMediaOfNewerLiveKitsCounts(String ofTrunk, String ofRule, String codecs, String cause) {
    String text =
        """
        {'trunks': [{'sip_trunk_id': 'ST_a', 'media': %s}],
         'rules': [{'sip_dispatch_rule_id': 'SDR_a', 'trunk_ids': ['ST_a'], 'media': %s,
                    'rule': {'dispatch_rule_callee': {}}}],
         'invite': {'from': '1', 'to': 'call-1', 'codecs': %s}}
        """
            .formatted(ofTrunk, ofRule, codecs)
            .replace('\'', '"');

    assertThat(judge(text).get(0).causeCode()).isEqualTo(cause);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "<sip:call-1@h>, call-1",
    "<sips:call-1@h>, call-1",
    "<SIP:call-1@h>, call-1",
    "\"sip: me\" <sip:call-1@h;x=y>, call-1",
    "call-1, call-1",
    "call-1>, call-1",
    "call-1;x=y, call-1",
    "<sip:call-1:pw@h>;tag=a, call-1",
    "sip:call-1;x=y@h, call-1",
    "<tel:+15550001000;phone-context=h>, +15550001000",
    "tel:+15550001000, +15550001000",
    "null, null",
  })
  void theToHeaderIsReadInEveryForm(String header, String room) {
    String text =
        """
        {"trunks": [], "rules": [{"sip_dispatch_rule_id": "SDR_a",
                                  "rule": {"dispatch_rule_callee": {}}}],
         "invite": {"from": "1", "to": "other", "to_header": "%s"}}
        """
            .formatted(header.replace("\"", "\\\""));

    assertThat(judge(text).get(0).room()).isEqualTo(room);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "null, null",
    "sip:call-1@h, call-1",
    "call-1:pw, call-1",
    "call%2D1, call%2D1",
  })
  void theCalledUserIsReadInEveryForm(String to, String room) {
    String text =
        """
        {"trunks": [], "rules": [{"sip_dispatch_rule_id": "SDR_a",
                                  "rule": {"dispatch_rule_callee": {}}}],
         "invite": {"from": "1", "to": "%s", "to_header": null, "source": "", "transport": "TCP"}}
        """
            .formatted(to);

    assertThat(judge(text).get(0).room()).isEqualTo(room);
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "no trunk    | {'sip_trunk_id': 'ST_a', 'numbers': ['+1555']}            | on no trunk",
        "open        | {'sip_trunk_id': 'ST_a', 'auth_username': 'me'}           | asks nobody for a password",
        "everybody   | {'sip_trunk_id': 'ST_a', 'allowed_addresses': ['0.0.0.0/1', '128.0.0.0/1']} | lets in every address",
        "no source   | {'sip_trunk_id': 'ST_a', 'allowed_addresses': ['1.2.3.4']} | allowed_addresses were not looked at",
      })
  void whatIsOddAboutAnAcceptedCallIsSaid(String what, String trunk, String said) {
    String text =
        """
        {'trunks': [%s],
         'rules': [{'sip_dispatch_rule_id': 'SDR_a', 'rule': {'dispatch_rule_callee': {}}}],
         'invite': {'from': '1', 'to': 'call-1'}}
        """
            .formatted(trunk)
            .replace('\'', '"');

    assertThat(judge(text))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.causeCode()).isEqualTo("accepted");
              assertThat(one.advice()).contains(said);
            });
  }

  @Test
  void anotherRoomThanTheDialledUsersIsSaidAndAGoodCallIsNot() {
    String text =
        """
        {"trunks": [{"sip_trunk_id": "ST_a", "auth_username": "me", "auth_password": "word"}],
         "rules": [{"sip_dispatch_rule_id": "SDR_a", "trunk_ids": ["ST_a"],
                    "rule": {"dispatch_rule_callee": {"room_prefix": "%s"}}}],
         "invite": {"from": "1", "to": "call-1", "auth": {"username": "me", "password": "word"}}}
        """;

    assertThat(judge(text.formatted("p")).get(0).advice())
        .contains("not called as the dialled user");
    assertThat(judge(text.formatted("")).get(0).advice()).isEmpty();
  }

  /** Where a process was down, only what the routing had decided by then can be compared. */
  private static void compare(JsonNode recorded, Judgement judged, SoftAssertions softly) {
    String name = recorded.path("case").asText();
    String words = recorded.path("outcome").asText();
    boolean outside = recorded.hasNonNull("config") && !words.equals("answered");
    if (outside) {
      softly.assertThat(judged.outcome()).as(name).isEqualTo("answered");
      return;
    }
    String outcome =
        words.equals("answered")
            ? "answered"
            : words.startsWith("rings, then no final answer") ? "dropped" : "rejected";
    softly.assertThat(judged.name()).isEqualTo(name);
    softly.assertThat(judged.outcome()).as(name).isEqualTo(outcome);
    softly
        .assertThat(judged.finalCode())
        .as(name)
        .isEqualTo(recorded.get("final_code").isNull() ? null : recorded.get("final_code").asInt());
    softly.assertThat(judged.trunkId()).as(name).isEqualTo(text(recorded, "trunk_id"));
    softly.assertThat(judged.ruleId()).as(name).isEqualTo(text(recorded, "rule_id"));
    String room = text(recorded, "room");
    if (judged.room() == null || !judged.room().contains("<random>")) {
      softly.assertThat(judged.room()).as(name).isEqualTo(room);
    }
  }

  private static String text(JsonNode recorded, String field) {
    JsonNode value = recorded.path("matched").path(field);
    return value.isNull() || value.isMissingNode() ? null : value.asText();
  }

  private static String recorded() throws IOException {
    try (InputStream file =
        OfflineDoctorTest.class.getResourceAsStream("/livekit/sip-outcomes.json")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aTrunkThatDoesNotAllowTheCallIsNotMendedByAWiderRule() {
    String judged =
        judge(
                """
                {"trunks": [{"sip_trunk_id": "ST_a", "allowed_addresses": ["198.51.100.1"]}],
                 "rules": [{"sip_dispatch_rule_id": "SDR_a", "trunk_ids": ["ST_a"],
                            "rule": {"dispatch_rule_callee": {}}}],
                 "invite": {"from": "+15550002000", "to": "call-1", "source": "203.0.113.77"}}""")
            .get(0)
            .advice();

    assertThat(judged)
        .isEqualTo(
            "If this source may call, put it into allowed_addresses of trunk ST_a; ./gateway setup"
                + " --allow with all addresses does so for the gateway's own. Do not take the"
                + " trunk_ids from a rule for that: it would let in whoever reaches the SIP port,"
                + " without a password.");
  }

  @Test
  void aJudgementIsNineFieldsForMachines() throws IOException {
    for (Judgement one : judge(recorded())) {
      assertThat(JSON.valueToTree(one).fieldNames())
          .toIterable()
          .containsExactly(
              "case",
              "outcome",
              "final_code",
              "reason",
              "trunk_id",
              "rule_id",
              "room",
              "cause",
              "advice");
    }
  }

  @Test
  void aCaseThatCannotBeReadKeepsNoOtherFromBeingJudged() {
    List<String> unreadable = new ArrayList<>();

    List<Judgement> judged =
        OfflineDoctor.judge(
            """
            [{"case": "good", "trunks": [], "rules": [], "invite": {"to": "a"}},
             {"case": "bad", "trunks": [], "rules": [], "invite": {}},
             5,
             {"trunks": [], "rules": [], "invite": {"to": "b"}}]""",
            unreadable::add,
            unknown -> {});

    assertThat(judged).extracting(Judgement::name).containsExactly("good", "case 4");
    assertThat(unreadable)
        .containsExactly(
            "bad: invite.to is missing: the called user",
            "case 3: trunks is missing; [] stands for none");
  }

  @Test
  void aKeyThatNobodyReadsIsNamedWithItsPath() {
    List<String> unknown = new ArrayList<>();

    OfflineDoctor.judge(
        """
        {"case": "slips", "note": "of the author",
         "trunks": {"items": [
            {"sip_trunk_id": "ST_a", "authUsername": "u", "nubmers": ["1"], "ringing_timeout": "18s",
             "headers_to_attributes": {"X-Any": "any"},
             "media": {"codecs": [{"name": "PCMU", "rate": 8000}], "codec": "PCMU"}}]},
         "rules": [{"sip_dispatch_rule_id": "SDR_a", "rule": {"dispatch_rule_calee": {}},
                    "room_config": {"agents": [{"agent_name": "a"}, {"agentname": "a"}]}}],
         "invite": {"to": "a", "form": "b", "auth": {"username": "u", "pasword": "p"}}}""",
        unreadable -> {},
        unknown::add);

    assertThat(unknown)
        .containsExactlyInAnyOrder(
            "slips: trunks[0].nubmers is unknown and ignored",
            "slips: trunks[0].media.codec is unknown and ignored",
            "slips: rules[0].rule.dispatch_rule_calee is unknown and ignored",
            "slips: rules[0].room_config.agents[1].agentname is unknown and ignored",
            "slips: invite.form is unknown and ignored",
            "slips: invite.auth.pasword is unknown and ignored");
  }

  @Test
  void whatARealLiveKitListsHasNoUnknownKeys() throws IOException {
    List<String> unknown = new ArrayList<>();

    OfflineDoctor.judge(recorded(), unreadable -> {}, unknown::add);

    assertThat(unknown).isEmpty();
  }

  /** What cannot be read is thrown here. */
  private static List<Judgement> judge(String json) {
    return OfflineDoctor.judge(
        json,
        sentence -> {
          throw new IllegalStateException(sentence);
        },
        unknown -> {});
  }
}
