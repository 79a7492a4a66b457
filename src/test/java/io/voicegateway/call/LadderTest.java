package io.voicegateway.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LadderTest {

  @Test
  void readsEveryRungInOrder() {
    Ladder ladder =
        Ladder.parse(
            "dial-anyway, dial:+15550001000, dial:sip:desk@pbx.example.test, notice, notice:closed,"
                + " say:Sorry, we are closed, play:https://example.test/a.wav, decline:486");

    assertThat(ladder.rungs())
        .containsExactly(
            new Rung.DialAnyway(),
            new Rung.DialPerson("+15550001000"),
            new Rung.DialPerson("sip:desk@pbx.example.test"),
            new Rung.Notice("notice"),
            new Rung.Notice("closed"),
            new Rung.Say("Sorry, we are closed"),
            new Rung.Play("https://example.test/a.wav"),
            new Rung.Decline(486));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bogus",
        "dial:",
        "dial:5550001000",
        "dial:sip:nohost",
        "say:",
        "play:ftp://x",
        "decline:200",
        "decline:abc",
        "notice:../etc/passwd",
        "dial-anyway, bogus, notice"
      })
  void saysWhatARungLooksLikeWhenOneIsWrong(String text) {
    assertThatThrownBy(() -> Ladder.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dial:+E164");
  }

  @Test
  void doesNotRepeatANumberInItsErrors() {
    assertThatThrownBy(() -> Ladder.parse("dial:030123456789"))
        .hasMessageContaining("***789")
        .hasMessageNotContaining("030123456789");
  }

  @Property
  void readsItsOwnText(@ForAll("ladders") Ladder ladder) {
    assertThat(Ladder.parse(ladder.toString())).isEqualTo(ladder);
  }

  @Property
  void failsOnlyInTheWayItSays(@ForAll String text) {
    try {
      assertThat(Ladder.parse(text).rungs()).isNotEmpty();
    } catch (IllegalArgumentException said) {
      assertThat(said).hasMessageContaining("rung");
    }
  }

  @Provide
  Arbitrary<Ladder> ladders() {
    return Arbitraries.<Rung>of(
            new Rung.DialAnyway(),
            new Rung.DialPerson("+15550001000"),
            new Rung.Notice("notice"),
            new Rung.Notice("closed"),
            new Rung.Say("Please wait, or call again"),
            new Rung.Play("https://example.test/a.wav"),
            new Rung.Decline(503))
        .list()
        .ofMinSize(1)
        .ofMaxSize(5)
        .map(Ladder::new);
  }
}
