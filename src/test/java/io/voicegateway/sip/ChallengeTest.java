package io.voicegateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeTest {

  private static final String RFC_7616 =
      "realm=\"http-auth@example.org\", qop=\"auth, auth-int\","
          + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
          + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";
  private static final String CNONCE_7616 = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
  private static final String RFC_2617 =
      "realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\"";

  @ParameterizedTest
  @CsvSource({
    "MD5,     8ca523f5e9506fed4657c9700eebdbec",
    "SHA-256, 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"
  })
  void answers_as_the_example_of_rfc_7616_does(String algorithm, String response) {
    String challenge = "Digest algorithm=" + algorithm + ", " + RFC_7616;

    String answer = answer(challenge, "Circle of Life", CNONCE_7616);

    assertThat(answer)
        .startsWith("Proxy-Authorization: Digest username=\"Mufasa\"")
        .contains("response=\"" + response + "\"", "qop=auth, nc=00000001", "opaque=\"FQhe/")
        .contains("algorithm=" + algorithm)
        .doesNotContain("Circle");
  }

  @Test
  void answers_a_challenge_without_qop_and_algorithm() {
    assertThat(answer("digest " + RFC_2617, "Circle Of Life", "unused"))
        .contains("response=\"670fd8c2df070c60b045671b8b24ff02\"")
        .doesNotContain("qop", "cnonce", "algorithm", "opaque");
  }

  @Test
  void answers_a_server_in_another_header_than_a_proxy() throws Exception {
    SipMessage refusal =
        SipMessage.parse("SIP/2.0 401 Unauthorized\r\nWWW-Authenticate: Digest " + RFC_2617);

    assertThat(Challenge.of(refusal))
        .map(Challenge::answeredIn)
        .isEqualTo(Optional.of("Authorization"));
  }

  @Test
  void takes_the_first_challenge_that_it_can_answer() throws Exception {
    SipMessage refusal =
        SipMessage.parse(
            "SIP/2.0 407 Proxy Authentication Required\r\n"
                + "Proxy-Authenticate: Digest algorithm=SHA-512-256, nonce=\"1\"\r\n"
                + "Proxy-Authenticate: Digest algorithm=SHA-256, nonce=\"2\"\r\n"
                + "Proxy-Authenticate: Digest algorithm=MD5, nonce=\"3\"\r\n");

    assertThat(Challenge.of(refusal))
        .map(challenge -> challenge.parameters().get("nonce"))
        .isEqualTo(Optional.of("2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Basic realm=\"x\"",
        "Digest realm=\"x\"",
        "Digest nonce=\"1\", algorithm=AKAv1-MD5",
        "Digest nonce=\"1\", qop=\"auth-int\"",
        ""
      })
  void leaves_what_it_cannot_answer(String challenge) throws Exception {
    assertThat(Challenge.of(refusal(challenge))).isEmpty();
  }

  @Test
  void only_401_and_407_ask_for_a_login() throws Exception {
    SipMessage refusal =
        SipMessage.parse("SIP/2.0 403 Forbidden\r\nWWW-Authenticate: Digest " + RFC_2617);

    assertThat(Challenge.of(refusal)).isEmpty();
  }

  private static String answer(String challenge, String password, String cnonce) {
    try {
      return Challenge.of(refusal(challenge))
          .orElseThrow()
          .answer(new SipLogin("Mufasa", password), "GET", "/dir/index.html", cnonce);
    } catch (UnreadableMessage unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  private static SipMessage refusal(String challenge) throws UnreadableMessage {
    return SipMessage.parse("SIP/2.0 407 Unauthorized\r\nProxy-Authenticate: " + challenge);
  }
}
