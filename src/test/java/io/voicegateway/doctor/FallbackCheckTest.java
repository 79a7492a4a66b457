package io.voicegateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.call.PlanSettings;
import io.voicegateway.doctor.Diagnosis.Level;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;

/** Whether somebody hears something when all else fails. */
class FallbackCheckTest {

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "dial-anyway, notice, decline:480 | OK",
        "say:Please call later            | OK",
        "dial:+15550001000                | OK",
        "dial-anyway, decline:480         | WARNING",
        "play:https://example.test/a.wav  | WARNING",
      })
  void aLadderWithoutAVoiceOfItsOwnIsAWarning(String fallback, Level level) {
    var plan =
        new PlanSettings("voice-agent", "", fallback, "", "none").read(new MockEnvironment());

    assertThat(FallbackCheck.examine(plan)).extracting(Diagnosis::level).containsOnly(level);
  }
}
