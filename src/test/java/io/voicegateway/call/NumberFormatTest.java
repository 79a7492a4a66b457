package io.voicegateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberFormatTest {

  @ParameterizedTest(name = "{0} in {1} is {2}")
  @CsvSource({
    "+493012345670,     DE, +493012345670",
    "+49 (30) 1234-5670,DE, +493012345670",
    "00493012345670,    DE, +493012345670",
    "00493012345670,    US, +493012345670",
    "00493012345670,    JP, +493012345670",
    "0049301234567,     AU, +49301234567",
    "03012345670,       DE, +493012345670",
    "3012345670,        DE, +493012345670",
    "4991874350352,     DE, +4991874350352",
    "91874350352,       DE, +4991874350352",
    "5550001000,        US, +15550001000",
    "15550001000,       US, +15550001000",
    "01145551234,       GB, +441145551234",
    "00493012345670,      , +493012345670",
    "+15550001000,        , +15550001000",
  })
  void bringsEveryFormThatCarriersSendIntoE164(String received, String country, String e164) {
    assertThat(NumberFormat.party(received, country).number()).isEqualTo(e164);
  }

  @ParameterizedTest(name = "{0} in {1} stays as it is")
  @CsvSource({
    "101,          DE",
    "4001,         DE",
    "112,          DE",
    "anonymous,    DE",
    "alice,        DE",
    "sales.team-2, US",
    "queue-7,      US",
    "03012345670,    ",
    "+12,          DE",
    "+0301234567,  DE",
    "*43,          DE",
    "12345678901234567890, DE",
  })
  void leavesAloneWhatIsNoTelephoneNumberThere(String received, String country) {
    Party party = NumberFormat.party(received, country);

    assertThat(party.e164()).isNull();
    assertThat(party.number()).isEqualTo(received);
  }

  @ParameterizedTest
  @CsvSource({"anonymous", "Anonymous", "restricted", "unavailable", "''"})
  void knowsAHiddenCaller(String received) {
    assertThat(NumberFormat.party(received, "DE").anonymous()).isTrue();
    assertThat(NumberFormat.party(null, "DE").anonymous()).isTrue();
  }

  @Property
  void neverFailsAndNeverLetsAControlCharacterThrough(@ForAll String received) {
    String number = NumberFormat.party(received, "DE").number();

    assertThat(number.chars()).noneMatch(Character::isISOControl);
  }

  @Property
  void changesNothingTheSecondTime(@ForAll("numbers") String received) {
    String once = NumberFormat.party(received, "DE").number();

    assertThat(NumberFormat.party(once, "DE").number()).isEqualTo(once);
  }

  @net.jqwik.api.Provide
  net.jqwik.api.Arbitrary<String> numbers() {
    return net.jqwik.api.Arbitraries.strings().withChars("0123456789+ ()-").ofMaxLength(20);
  }
}
