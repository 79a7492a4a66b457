package io.voicegateway.livekit.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressAndNumberPropertiesTest {

  @Property
  void normalising_twice_changes_nothing_more(@ForAll("numbersAndOther") String number) {
    String once = PhoneNumbers.normalize(number);

    assertThat(PhoneNumbers.normalize(once)).isEqualTo(once);
  }

  @Property
  void a_number_is_listed_in_any_spelling_of_itself(@ForAll @IntRange(min = 1) int number) {
    assertThat(PhoneNumbers.listed("+" + number, List.of("(" + number + ") -"))).isTrue();
  }

  @Property
  void any_text_can_be_an_address_and_a_mask(
      @ForAll("addressLike") String address, @ForAll("addressLike") String mask) {
    boolean allowed = AllowedAddresses.allow(address, "example.com", List.of(mask));

    assertThat(allowed)
        .isEqualTo(AllowedAddresses.allow(address, "example.com", List.of(mask, mask)));
  }

  @Property
  void an_ipv4_address_is_in_every_network_around_it(
      @ForAll int bits, @ForAll @IntRange(max = 32) int length) {
    String address =
        "%d.%d.%d.%d".formatted(bits >>> 24, bits >>> 16 & 255, bits >>> 8 & 255, bits & 255);

    assertThat(allowed(address, address + "/" + length)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.9,192.0.2.8/31,true",
    "192.0.2.10,192.0.2.8/31,false",
    "192.0.2.9,0.0.0.0/0,true",
    "192.0.2.9,192.0.2.9/33,false",
    "192.0.2.9,192.0.2.9/032,false",
    "192.0.2.9,192.000.2.9,false",
    "2001:db8::1,2001:0db8:0:0::0:1,true",
    "2001:db8::1,2001:DB8::/32,true",
    "2001:db9::1,2001:db8::/32,false",
    "::ffff:192.0.2.9,192.0.2.0/24,false",
    "::ffff:192.0.2.9,::ffff:192.0.2.9,true",
    "192.0.2.9,::/0,false",
    "fe80::1%eth0,fe80::/10,false",
    "fe80::1%eth0,fe80::1%eth0,true",
    "192.0.2.9,example.com,true",
    "192.0.2.9,other.example,false",
    "192.0.2.9,[::]/8,false"
  })
  void an_address_matches_a_mask(String address, String mask, boolean expected) {
    assertThat(allowed(address, mask)).isEqualTo(expected);
  }

  @Test
  void masks_livekit_cannot_read_are_left_out_and_an_empty_list_lets_everybody_in() {
    assertThat(allowed("192.0.2.9", "not an ip")).isTrue();
    assertThat(AllowedAddresses.allow("192.0.2.9", "h", List.of("sip://192.0.2.9", "198.51.100.1")))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24, true",
    "0.0.0.0/0, false",
    "::/0, false",
    "0.0.0.0/1 128.0.0.0/1, false",
    "128.0.0.0/1 64.0.0.0/2 0.0.0.0/2, false",
    "0.0.0.0/1 128.0.0.0/2, true",
    "192.0.2.1 0.0.0.0/0, false",
    "8000::/1 ::/1 192.0.2.1, false",
    "255.255.255.255/32 10.0.0.0/33, true",
    "sbc.example.com, true"
  })
  void what_everybody_is_in_protects_nothing(String masks, boolean protects) {
    assertThat(AllowedAddresses.protect(List.of(masks.split(" ")))).isEqualTo(protects);
  }

  @ParameterizedTest
  @CsvSource({
    "+4930123456, 004930123456, 004930123456",
    "004930123456, +49 30/123456, +49 30/123456",
    "4930123456, +4930123456, +4930123456",
    "030123456, +4930123456, ''",
    "call-1, call-1, ''",
    "'', '', ''"
  })
  void a_number_that_is_written_otherwise_nearly_fits(String number, String listed, String near) {
    assertThat(PhoneNumbers.nearly(number, List.of("+15550001000", listed))).isEqualTo(near);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1.2.3", "1.2.3.256", "::1::", ":1", "1:", "12345::", "::1%", "a"})
  void text_that_is_no_address_is_not_read_as_one(String text) {
    assertThat(IpAddress.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'+1 (555) 010-0001',+15550100001",
    "15550100001,+15550100001",
    "'',''",
    "call-1,call-1",
    "+,+",
    "-,+",
    "++1,++1",
    "1.555,1.555"
  })
  void a_number_is_normalised(String number, String normalized) {
    assertThat(PhoneNumbers.normalize(number)).isEqualTo(normalized);
  }

  private static boolean allowed(String address, String mask) {
    return AllowedAddresses.allow(address, "example.com", List.of(mask));
  }

  @Provide
  Arbitrary<String> numbersAndOther() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withChars("+0123456789-() ").ofMaxLength(12),
        Arbitraries.strings().ofMaxLength(12));
  }

  @Provide
  Arbitrary<String> addressLike() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withChars("0123456789abf.:/%").ofMaxLength(20),
        Arbitraries.strings().ofMaxLength(12));
  }
}
