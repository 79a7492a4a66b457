package io.voicegateway.sip;

import static io.voicegateway.sip.ScriptedServer.CLOSES;
import static io.voicegateway.sip.ScriptedServer.SILENCE;
import static io.voicegateway.sip.ScriptedServer.answers;
import static io.voicegateway.sip.ScriptedServer.answersInPieces;
import static io.voicegateway.sip.ScriptedServer.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.voicegateway.sip.ScriptedServer.Step;
import io.voicegateway.sip.SipAddress.Transport;
import io.voicegateway.sip.SipFailure.Reason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a server is there, and if not, why not. */
@Timeout(20)
class SipReachTest {

  private static final Duration LONG = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(450);

  @ParameterizedTest
  @EnumSource(
      value = Transport.class,
      names = {"UDP", "TCP"})
  void a_server_that_answers_options_is_there(Transport transport) throws Exception {
    try (ScriptedServer server = ScriptedServer.on(transport)) {
      server.when("OPTIONS", answers("100 Trying").then(answers("200 OK")));

      SipAnswer answer = new SipClient().options(server.address(), LONG);

      assertThat(answer.code()).isEqualTo(200);
      assertThat(answer.toString()).matches("200 OK to OPTIONS after \\d+ ms");
      assertThat(server.last("OPTIONS").uri())
          .isEqualTo("sip:127.0.0.1:" + server.address().port() + ";transport=" + transport);
      LeftBehind.nothing(server);
    }
  }

  @Test
  void a_refusal_is_an_answer_too() throws Exception {
    try (ScriptedServer server = ScriptedServer.on(Transport.TCP)) {
      server.when(
          "OPTIONS",
          says("SIP/2.0 200 OK\r\nCSeq: 1 OPTIONS\r\n\r\n").then(answersInPieces("405")));

      assertThat(new SipClient().options(server.address(), LONG).code()).isEqualTo(405);
    }
  }

  @Test
  void what_was_lost_is_asked_again() throws Exception {
    try (ScriptedServer server = ScriptedServer.on(Transport.UDP)) {
      server.when("OPTIONS", SILENCE, says("\r\n\r\n").then(answers("200 OK")));

      assertThat(new SipClient().options(server.address(), LONG).code()).isEqualTo(200);
      assertThat(server.methods()).containsExactly("OPTIONS", "OPTIONS");
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void nothing_listens(Transport transport) throws Exception {
    SipAddress gone = ScriptedServer.gone(transport);

    SipFailure failure = failure(gone, LONG);

    assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(failure).hasMessage(gone + ": nothing listens there");
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void a_host_without_an_address(Transport transport) {
    SipFailure failure = failure(new SipAddress("no-such-host.invalid", 5060, transport), LONG);

    assertThat(failure.reason()).isEqualTo(Reason.NO_ADDRESS);
    assertThat(failure)
        .hasMessage("no-such-host.invalid:5060 (" + transport + "): its host has no address");
  }

  @ParameterizedTest
  @EnumSource(
      value = Transport.class,
      names = {"UDP", "TCP"})
  void silence(Transport transport) throws Exception {
    SipFailure failure = failure(transport, SILENCE, SHORT);

    assertThat(failure.reason()).isEqualTo(Reason.NO_ANSWER);
    assertThat(failure).hasMessageEndingWith(": there was no answer within 450 ms");
  }

  @Test
  void a_message_without_an_end() throws Exception {
    SipFailure failure = failure(Transport.TCP, says("SIP/2.0 200 OK\r\nVia: "), SHORT);

    assertThat(failure.reason()).isEqualTo(Reason.NO_ANSWER);
  }

  @Test
  void a_connection_that_is_closed() throws Exception {
    for (Step step : List.of(CLOSES, says("SIP/2.0 200 OK\r\nVia: ").then(CLOSES))) {
      SipFailure failure = failure(Transport.TCP, step, LONG);

      assertThat(failure.reason()).isEqualTo(Reason.CLOSED);
      assertThat(failure).hasMessageEndingWith(": it closed the connection");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 400 Bad Request\r\nContent-Length: 3\r\n\r\nno!",
        "SSH-2.0-OpenSSH_9.2\r\n",
        "SIP/2.0 200 OK\r\nContent-Length: -3\r\n\r\n"
      })
  void another_protocol(String answer) throws Exception {
    SipFailure failure = failure(Transport.TCP, says(answer), LONG);

    assertThat(failure.reason()).isEqualTo(Reason.NOT_SIP);
    assertThat(failure).hasMessageEndingWith(": what it answers is not SIP");
  }

  @Test
  void bytes_of_another_protocol_before_the_end() throws Exception {
    SipFailure failure = failure(Transport.TCP, says("\u0015\u0003\u0001").then(CLOSES), LONG);

    assertThat(failure.reason()).isEqualTo(Reason.NOT_SIP);
  }

  @Test
  void a_datagram_that_is_not_sip() throws Exception {
    assertThat(failure(Transport.UDP, says("what?"), LONG).reason()).isEqualTo(Reason.NOT_SIP);
  }

  private static SipFailure failure(Transport transport, Step step, Duration patience)
      throws Exception {
    try (ScriptedServer server = ScriptedServer.on(transport)) {
      server.when("OPTIONS", step);
      SipFailure failure = failure(server.address(), patience);
      LeftBehind.nothing(server);
      return failure;
    }
  }

  private static SipFailure failure(SipAddress address, Duration patience) {
    SipFailure failure =
        catchThrowableOfType(SipFailure.class, () -> new SipClient().options(address, patience));
    LeftBehind.noThread();
    return failure;
  }
}
