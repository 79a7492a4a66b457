package io.voicegateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MaskTest {

  @Test
  void showsTheLastThreeDigitsOfEveryNumberInAText() {
    assertThat(Mask.text("from +49 30 1234567 to 0049301234999, code 480"))
        .isEqualTo("from ***567 to ***999, code 480");
  }

  @Test
  void isNotBrokenByALongText() {
    assertThat(Mask.text("1".repeat(100_000))).isEqualTo("***111");
    assertThat(Mask.text("030/1234567")).isEqualTo("***567");
  }

  @Test
  void keepsTheIdsOfCallsReadable() {
    String text = "call-11111111-1111-4111-8111-111111111111 failed";

    assertThat(Mask.text(text)).isEqualTo(text);
  }

  @Test
  void removesTokens() {
    assertThat(
            Mask.text("invalid authorization token: eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJrIn0.s-ig_1"))
        .isEqualTo("invalid authorization token: (token)");
  }

  @Test
  void masksUserNamesToo() {
    assertThat(Mask.tail("alice")).isEqualTo("***ice");
    assertThat(Mask.tail("7")).isEqualTo("***7");
    assertThat(NumberFormat.party("anonymous", null)).hasToString("anonymous");
  }

  @Test
  void aNumberInGroupsBetweenDotsIsNoAddress() {
    assertThat(Mask.text("01.23.45.67.89 and 33.12.34.56 78")).isEqualTo("***.89 and *** 78");
  }

  @Test
  void anAddressStaysReadableAsItIsNobodysNumber() {
    assertThat(Mask.text("does not allow the source 203.0.113.77 of +15550002000"))
        .isEqualTo("does not allow the source 203.0.113.77 of ***000");
  }
}
