package io.voicegateway.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SipMessageTest {

  private static final String RINGING =
      """
      SIP/2.0 180 Ringing\r
      Via: SIP/2.0/TCP 192.0.2.1:40000;rport=40000;branch=z9hG4bK1, SIP/2.0/UDP h;branch=second\r
      Via: SIP/2.0/UDP h;branch=third\r
      f: <sip:+15550100001@192.0.2.1>;tag=a\r
      t: "A, B"\r
       <sip:call-1@192.0.2.2>;tag=b\r
      i: 4711\r
      CSeq: 2 INVITE\r
      this line is none\r
      l: 0\r
      \r
      """;

  @Test
  void reads_compact_and_folded_headers_and_the_topmost_via() throws Exception {
    SipMessage message = SipMessage.parse(RINGING);

    assertThat(message.code()).isEqualTo(180);
    assertThat(message.method()).isEqualTo("INVITE");
    assertThat(message.branch()).isEqualTo("z9hG4bK1");
    assertThat(message.all("via")).hasSize(2);
    assertThat(message.header("to")).isEqualTo("\"A, B\" <sip:call-1@192.0.2.2>;tag=b");
    assertThat(message.header("call-id")).isEqualTo("4711");
    assertThat(message.contentLength()).isZero();
    assertThat(message.header("contact")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "SIP/2.0 400,            400, ''",
    "'SIP/2.0 400 ',         400, ''",
    "sip/2.0 486 Busy Here,  486, Busy Here",
    "SIP/2.0 200 Ça va,      200, Ça va"
  })
  void a_reason_may_be_missing(String line, int code, String reason) throws Exception {
    SipMessage message = SipMessage.parse(line);

    assertThat(message.code()).isEqualTo(code);
    assertThat(message.start().reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 400 Bad Request",
        "SIP/2.0 OK",
        "SIP/2.0 099 Low",
        "SIP/2.0 700 High",
        "SIP/3.0 200 OK",
        "INVITE sip:a@b"
      })
  void what_is_not_sip_is_unreadable(String text) {
    assertThatThrownBy(() -> SipMessage.parse(text)).isInstanceOf(UnreadableMessage.class);
  }

  @Test
  void a_request_of_the_other_side_is_one() throws Exception {
    SipMessage message = SipMessage.parse("BYE sip:gw@192.0.2.1 SIP/2.0\r\nCSeq: 1 BYE\r\n\r\n");

    assertThat(message.isRequest()).isTrue();
    assertThat(message.method()).isEqualTo("BYE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "x", "99999999999999999999", "65537", "1 2"})
  void a_length_that_is_none_is_unreadable(String length) throws Exception {
    SipMessage message = SipMessage.parse("SIP/2.0 200 OK\r\nContent-Length: " + length);

    assertThatThrownBy(message::contentLength).isInstanceOf(UnreadableMessage.class);
  }

  @Test
  void the_reason_is_short_and_without_control_characters() throws Exception {
    SipMessage message = SipMessage.parse("SIP/2.0 500 \u001b[31m" + "x".repeat(1000));

    assertThat(message.start().reason()).hasSize(100).startsWith("[31mx");
  }

  @Test
  void more_than_a_message_may_be_is_unreadable() {
    String text = "SIP/2.0 200 OK\r\n" + "A: b\r\n".repeat(20_000);

    assertThatThrownBy(() -> SipMessage.parse(text)).isInstanceOf(UnreadableMessage.class);
    assertThatThrownBy(() -> framed(bytes(text), text.length()))
        .isInstanceOf(UnreadableMessage.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 400 Bad Request\r\nA: b\r\n"})
  void another_protocol_is_known_by_its_first_line(String text) {
    assertThatThrownBy(() -> framed(bytes(text), 1)).isInstanceOf(UnreadableMessage.class);
  }

  @Property
  void any_bytes_are_a_message_or_unreadable(@ForAll("almostSip") String text) {
    onlyUnreadable(
        () -> {
          SipMessage message = SipMessage.parse(text);
          assertThat(message.method() + message.branch()).isNotNull();
          assertThat(message.start().reason()).hasSizeLessThanOrEqualTo(100);
          assertThat(Challenge.of(message)).isNotNull();
          assertThat(message.contentLength()).isBetween(0, SipMessage.LONGEST);
        });
  }

  @Property
  void any_stream_becomes_messages_or_is_unreadable(
      @ForAll @Size(max = 2000) byte[] noise,
      @ForAll("almostSip") String text,
      @ForAll @IntRange(min = 1, max = 700) int piece) {
    onlyUnreadable(() -> framed(noise, piece));
    onlyUnreadable(() -> framed(bytes(text + "\r\n\r\n" + text), piece));
  }

  @Property(tries = 200)
  void the_pieces_of_a_stream_do_not_matter(
      @ForAll @Size(min = 1, max = 5) List<@IntRange(max = 300) Integer> bodies,
      @ForAll @IntRange(min = 1, max = 700) int piece)
      throws Exception {
    StringBuilder stream = new StringBuilder();
    for (int body : bodies) {
      stream.append("SIP/2.0 200 OK\r\nCSeq: " + body + " INVITE\r\nContent-Length: " + body);
      stream.append("\r\n\r\n").append("\n".repeat(body)).append("\r\n\r\n");
    }

    assertThat(framed(bytes(stream.toString()), piece))
        .extracting(message -> message.header("cseq"))
        .isEqualTo(bodies.stream().map(body -> body + " INVITE").toList());
  }

  @Provide
  Arbitrary<String> almostSip() {
    Arbitrary<String> start =
        Arbitraries.of("SIP/2.0 200 OK", "SIP/2.0 407", "BYE sip:a@b SIP/2.0", "SIP/2.0 2", "");
    Arbitrary<String> name =
        Arbitraries.of(
            "Via", "v", "CSeq", "Call-ID", "l", "Content-Length", "Proxy-Authenticate", "", " ");
    Arbitrary<String> value =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(40),
            Arbitraries.of(
                "1 INVITE", "SIP/2.0/UDP h;branch=z9", "Digest nonce=\"a\", qop=\"", "12"));
    Arbitrary<String> end = Arbitraries.of("\r\n", "\n", "\r\n ", "\r", "\r\n\r\n", "");
    Arbitrary<String> line =
        Combinators.combine(name, Arbitraries.of(":", ": ", " : ", ""), value, end)
            .as((n, colon, v, e) -> n + colon + v + e);
    return Combinators.combine(start, end, line.list().ofMaxSize(20))
        .as((s, e, lines) -> s + e + String.join("", lines));
  }

  private static List<SipMessage> framed(byte[] stream, int piece) throws UnreadableMessage {
    Frames frames = new Frames();
    List<SipMessage> messages = new ArrayList<>();
    for (int from = 0; from < stream.length; from += piece) {
      int length = Math.min(piece, stream.length - from);
      byte[] part = new byte[piece];
      System.arraycopy(stream, from, part, 0, length);
      frames.add(part, length);
      for (var next = frames.next(); next.isPresent(); next = frames.next()) {
        messages.add(next.get());
      }
    }
    assertThat(frames.isSip()).isIn(true, false);
    return messages;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private interface Reading {
    void read() throws UnreadableMessage;
  }

  private static void onlyUnreadable(Reading reading) {
    try {
      reading.read();
    } catch (UnreadableMessage expected) {
      assertThat(expected).hasMessageNotContaining("\n");
    }
  }
}
