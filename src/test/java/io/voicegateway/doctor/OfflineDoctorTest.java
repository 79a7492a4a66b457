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

    List<Judgement> judgements = OfflineDoctor.judge(recorded);

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
    assertThat(OfflineDoctor.judge(recorded()))
        .allMatch(one -> one.causeCode().equals("accepted") == one.advice().isEmpty());
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

    assertThat(OfflineDoctor.judge(json))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.outcome()).isEqualTo("answered");
              assertThat(one.room()).isEqualTo("call-1");
              assertThat(one.ruleId()).isEqualTo("SDR_a");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "1",
        "{}",
        "[{\"case\": \"x\"}]",
        "{\"trunks\": [{\"numbers\": 5}], \"rules\": [], \"invite\": {}}",
        "{\"trunks\": [\"x\"], \"invite\": {}}"
      })
  void whatIsNoCaseIsSaidToBeNone(String text) {
    assertThatThrownBy(() -> OfflineDoctor.judge(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .isNotBlank();
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
        OfflineDoctor.judge(
                """
                {"trunks": [{"sip_trunk_id": "ST_a", "allowed_addresses": ["198.51.100.1"]}],
                 "rules": [{"sip_dispatch_rule_id": "SDR_a", "trunk_ids": ["ST_a"],
                            "rule": {"dispatch_rule_callee": {}}}],
                 "invite": {"from": "+15550002000", "to": "call-1", "source": "203.0.113.77"}}""")
            .get(0)
            .advice();

    assertThat(judged).contains("allowed_addresses").doesNotContain("widen");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"trunks\": [], \"rules\": [], \"invite\": {}} {\"trunks\": []}",
        "{\"trunks\": \"ST_a\", \"rules\": [], \"invite\": {}}",
        "{\"trunks\": {\"trunk\": {}}, \"rules\": [], \"invite\": {}}",
        "{\"trunks\": [], \"rules\": [], \"invite\": {\"codecs\": \"PCMU\"}}",
      })
  void whatIsNotOfTheFormIsNotJudged(String json) {
    assertThatThrownBy(() -> OfflineDoctor.judge(json))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<sip:call-1@h>", "<sips:call-1@h>", "<SIP:call-1@h>"})
  void theUserOfAToHeaderIsReadWhateverItsScheme(String header) {
    assertThat(
            OfflineDoctor.judge(
                    """
                    {"trunks": [{"sip_trunk_id": "ST_a"}],
                     "rules": [{"sip_dispatch_rule_id": "SDR_a",
                                "rule": {"dispatch_rule_callee": {}}}],
                     "invite": {"from": "1", "to": "other", "to_header": "%s"}}"""
                        .formatted(header))
                .get(0)
                .room())
        .isEqualTo("call-1");
  }
}
