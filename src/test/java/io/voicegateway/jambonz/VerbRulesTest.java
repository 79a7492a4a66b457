package io.voicegateway.jambonz;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each case was put to Jambonz's own validator, which judges the same. */
class VerbRulesTest {

  private final VerbRules rules = new VerbRules();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"verb\":\"hangup\"}]",
        "[{\"verb\":\"pause\",\"length\":0.1}]",
        "[{\"verb\":\"sip:decline\",\"status\":403},{\"verb\":\"hangup\"}]",
        "[{\"verb\":\"play\",\"url\":\"http://a/b.wav\",\"earlyMedia\":true}]",
        "[{\"verb\":\"say\",\"text\":\"hello\"}]",
        "[{\"verb\":\"dial\",\"target\":[{\"type\":\"phone\",\"number\":\"+1555\"}]}]",
        "[{\"verb\":\"dial\",\"timeout\":20,\"headers\":{\"X-A\":\"b\"},\"target\":[{\"type\":\"sip\","
            + "\"sipUri\":\"sip:a@b\",\"auth\":{\"username\":\"u\",\"password\":\"p\"}}]}]",
      })
  void letsPassWhatJambonzRuns(String answer) {
    assertThat(rules.refusal(answer)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nothing at all                                                     | not JSON",
        "{}                                                                 | list",
        "[]                                                                 | list",
        "[{}]                                                               | no 'verb'",
        "[{\"type\":\"dial\"}]                                              | no 'verb'",
        "[{\"verb\":\"fly\"}]                                               | unknown verb",
        "[{\"verb\":\"#target\",\"type\":\"sip\"}]                          | unknown verb",
        "[{\"verb\":\"hangup\",\"why\":1}]                                  | unknown property",
        "[{\"verb\":\"pause\"}]                                             | length is missing",
        "[{\"verb\":\"pause\",\"length\":\"1\"}]                            | must be number",
        "[{\"verb\":\"play\",\"url\":null}]                                 | must be string or array",
        "[{\"verb\":\"dial\"}]                                              | target is missing",
        "[{\"verb\":\"dial\",\"target\":[]}]                                | at least one",
        "[{\"verb\":\"dial\",\"target\":[{\"type\":\"sip\"}]}]              | sipUri",
        "[{\"verb\":\"dial\",\"target\":[{\"type\":\"sip\",\"sipUri\":\"sip:a\"}]}] | sipUri",
        "[{\"verb\":\"dial\",\"target\":[{\"type\":\"phone\",\"codec\":\"x\"}]}]    | unknown property",
        "[{\"verb\":\"dial\",\"target\":[{\"type\":\"phone\",\"auth\":{\"username\":\"u\"}}]}] | password is missing",
      })
  void refusesWhatJambonzRefuses(String answer, String reason) {
    assertThat(rules.refusal(answer)).hasValueSatisfying(why -> assertThat(why).contains(reason));
  }

  @Test
  void doesNotLookIntoVerbsThatTheGatewayNeverWrites() {
    assertThat(rules.refusal("[{\"verb\":\"gather\",\"input\":[\"digits\"]}]")).isEmpty();
  }
}
