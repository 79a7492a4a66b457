package io.voicegateway.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of an original phone numbers are hidden, and nothing that only looks like one. */
class LetterMaskTest {

  /** Where a number stands in what Jambonz and LiveKit send, and in what is no JSON. */
  private static final String[] PLACES = {
    "{\"from\": \"%s\"}",
    "{\"sip\": {\"headers\": {\"Contact\": \"<sip:%s@10.0.0.1:5060;transport=tcp>\"}}}",
    "{\"sip\": {\"headers\": {\"P-Asserted-Identity\": \"<tel:%s>\"}}}",
    "{\"sip\": {\"raw\": \"INVITE sip:%s@host SIP/2.0\\r\\nFrom: \\\"%1$s\\\" <sip:%1$s@x>\"}}",
    "{\"participant\": {\"identity\": \"sip_%s\"}}",
    "{\"metadata\": \"{\\\"to\\\": \\\"%s\\\"}\"}",
    "{\"at\": \"2026-12-01T01:10:12Z %s\"}",
    "{\"createdAt\": \"%s\"}",
    "{\"list\": [\"%s\"]}",
    "{\"%s\": 1}",
    "no JSON, from %s at 2026-12-01 01:10:12",
  };

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-12-01T01:10:12.345247Z",
        "2026-12-01T01:10:12.345247+00:00",
        "2026-12-01 01:10:12",
        "Tue, 01 Dec 2026 01:10:12 GMT",
        "8cfb3e23-1111-4111-8111-123456789012",
        "PA_12345abc6789",
        "4bf92f3577b34da6a3ce929d0e0e4736",
        "10.0.0.1:5060"
      })
  void timesAndIdsStayAsTheyAre(String text) {
    assertThat(LetterMask.text("{\"x\":\"" + text + "\"}")).isEqualTo("{\"x\":\"" + text + "\"}");
    assertThat(LetterMask.text("no JSON " + text)).isEqualTo("no JSON " + text);
  }

  @Test
  void whenSomethingWasStaysAsLiveKitTellsIt() {
    String event = "{\"createdAt\":\"1764551412\",\"participant\":{\"joinedAtMs\":1764551412345}}";

    assertThat(LetterMask.text(event)).isEqualTo(event);
  }

  @Test
  void whoIsNamedIsHiddenAlsoInWhatIsCutOff() {
    assertThat(
            LetterMask.text(
                "{\"to\":\"\", \"caller_name\": \"Mr \\\"Q\\\" Brown\", \"from\":\"alice\", \"x"))
        .isEqualTo("{\"to\":\"\", \"caller_name\": \"***own\", \"from\":\"***ice\", \"x");
    assertThat(LetterMask.text("{\"caller_name\": \"Mr Brown")).endsWith("\"***own");
    assertThat(LetterMask.text("{\"from\": \"" + "\\\"x".repeat(200_000)))
        .isEqualTo("{\"from\": \"***\\\"x");
  }

  @Property
  void noNumberGetsThroughWhereverAndHoweverItIsWritten(
      @ForAll("numbers") String number, @ForAll("places") String place) {
    String shown = LetterMask.text(place.formatted(number));

    String besideTheTails = shown.replaceAll("\\*{3}.{3}", "|");
    assertThat(besideTheTails.replaceAll("[^\\d|]", ""))
        .doesNotContain(digits(number).substring(0, 5));
    assertThat(shown).contains("***");
  }

  @Provide
  Arbitrary<String> places() {
    return Arbitraries.of(PLACES);
  }

  /** With or without a plus, with blanks, hyphens and brackets or none. */
  @Provide
  Arbitrary<String> numbers() {
    Arbitrary<String> digits =
        Arbitraries.strings().withChars("3456789").ofMinLength(9).ofMaxLength(14);
    Arbitrary<String> between =
        Arbitraries.of("", "", " ", "-", ".", "/", " (", ") ", "\u00a0", "\u2011");
    Arbitrary<String> plus = Arbitraries.of("+", "00", "0", "");
    return digits.flatMap(
        all ->
            between
                .list()
                .ofSize(all.length())
                .flatMap(
                    gaps ->
                        plus.map(
                            begin -> {
                              StringBuilder number = new StringBuilder(begin);
                              for (int i = 0; i < all.length(); i++) {
                                number.append(i == 0 ? "" : gaps.get(i)).append(all.charAt(i));
                              }
                              return number.toString();
                            })));
  }

  private static String digits(String text) {
    return text.replaceAll("\\D", "");
  }
}
