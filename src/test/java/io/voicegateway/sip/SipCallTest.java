package io.voicegateway.sip;

import static io.voicegateway.sip.ScriptedServer.CLOSES;
import static io.voicegateway.sip.ScriptedServer.SILENCE;
import static io.voicegateway.sip.ScriptedServer.answers;
import static io.voicegateway.sip.ScriptedServer.answersInPieces;
import static io.voicegateway.sip.ScriptedServer.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.voicegateway.sip.PlacedCall.Ending;
import io.voicegateway.sip.SipAddress.Transport;
import io.voicegateway.sip.SipFailure.Reason;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls to a server that plays what LiveKit was seen to do, and worse. */
@Timeout(20)
class SipCallTest {

  private static final Duration LONG = Duration.ofSeconds(10);

  /** Over before anything is sent again. */
  private static final Duration SHORT = Duration.ofMillis(450);

  private static final SipLogin LOGIN = new SipLogin("gateway", "lab-password-1");
  private static final String CHALLENGE =
      "Proxy-Authenticate: Digest realm=\"sip.livekit.io\", nonce=\"n1\", algorithm=MD5";

  private @Nullable ScriptedServer opened;

  @AfterEach
  void nothingIsLeft() throws Exception {
    if (opened != null) {
      try {
        LeftBehind.nothing(opened);
      } finally {
        opened.close();
      }
    }
  }

  @OverUdpAndTcp
  void answers_the_challenge_and_confirms_every_refusal(Transport transport) throws Exception {
    ScriptedServer server =
        server(transport)
            .when(
                "INVITE",
                answers("100 Processing").then(answers("407 Unauthorized", CHALLENGE)),
                answers("100 Processing")
                    .then(answers("180 Ringing"))
                    .then(answers("180 Ringing"))
                    .then(answers("486 Rejected")));

    PlacedCall call = call(server, LONG, LONG);

    assertThat(call.ending()).isEqualTo(Ending.REFUSED);
    assertThat(call.challenged()).isTrue();
    assertThat(call.rings()).isEqualTo(2);
    assertThat(call.decision()).map(SipAnswer::code).contains(486);
    assertThat(call.answers())
        .extracting(SipAnswer::code)
        .containsExactly(100, 407, 100, 180, 180, 486);
    await().until(() -> server.methods().equals(List.of("INVITE", "ACK", "INVITE", "ACK")));
    confirms(server.heard().get(0), server.heard().get(1));
    confirms(server.heard().get(2), server.heard().get(3));
  }

  @OverUdpAndTcp
  void says_what_a_caller_has_to_say(Transport transport) throws Exception {
    ScriptedServer server =
        server(transport)
            .when("INVITE", answers("407 Unauthorized", CHALLENGE), answers("486 Busy"));

    call(server, LONG, LONG);

    HeardRequest first = server.heard().get(0);
    HeardRequest second = server.last("INVITE");
    String host = "127.0.0.1:" + server.address().port();
    assertThat(first.uri()).isEqualTo("sip:call-doctor-1@" + host + ";transport=" + transport);
    assertThat(first.header("To")).isEqualTo("<sip:call-doctor-1@" + host + ">");
    assertThat(first.header("From")).startsWith("<sip:+15550100001@127.0.0.1>;tag=");
    assertThat(first.header("Contact")).contains("<sip:+15550100001@127.0.0.1:");
    assertThat(first.header("Via"))
        .startsWith("SIP/2.0/" + transport.name() + " 127.0.0.1:")
        .contains(";rport;branch=z9hG4bK");
    assertThat(first.header("Max-Forwards")).isEqualTo("70");
    assertThat(first.body())
        .contains("c=IN IP4 127.0.0.1\r\n", "m=audio 9 RTP/AVP 0 8 101\r\n", "PCMU/8000\r\n");
    assertThat(second.header("Call-ID")).isEqualTo(first.header("Call-ID"));
    assertThat(second.header("From")).isEqualTo(first.header("From"));
    assertThat(second.header("CSeq")).isEqualTo("2 INVITE");
    assertThat(second.branch()).isNotEqualTo(first.branch());
    assertThat(second.header("Proxy-Authorization")).contains("username=\"gateway\"");
    assertThat(server.heard().toString()).doesNotContain(LOGIN.password());
  }

  @OverUdpAndTcp
  void a_wrong_password_is_refused_once(Transport transport) throws Exception {
    ScriptedServer server =
        server(transport)
            .when("INVITE", answers("407 Unauthorized", CHALLENGE), answers("401 Unauthorized"));

    PlacedCall call = call(server, LONG, LONG);

    assertThat(call.ending()).isEqualTo(Ending.REFUSED);
    assertThat(call.decision()).map(SipAnswer::code).contains(401);
    await().until(() -> server.methods().equals(List.of("INVITE", "ACK", "INVITE", "ACK")));
  }

  @OverUdpAndTcp
  void a_second_challenge_is_a_refusal(Transport transport) throws Exception {
    ScriptedServer server =
        server(transport)
            .when(
                "INVITE",
                answers("401 Unauthorized", CHALLENGE.replace("Proxy-", "WWW-")),
                answers("401 Unauthorized", CHALLENGE.replace("Proxy-", "WWW-")));

    PlacedCall call = call(server, LONG, LONG);

    assertThat(call.decision()).map(SipAnswer::code).contains(401);
    assertThat(call.challenged()).isTrue();
    assertThat(server.last("INVITE").header("Authorization")).contains("response=\"");
  }

  @OverUdpAndTcp
  void a_challenge_is_a_refusal_for_one_without_a_login(Transport transport) throws Exception {
    ScriptedServer server =
        server(transport).when("INVITE", answers("407 Unauthorized", CHALLENGE));

    PlacedCall call =
        new SipClient()
            .call(new CallRequest(server.address(), "call-doctor-1", "gw", null, LONG, LONG));

    assertThat(call.ending()).isEqualTo(Ending.REFUSED);
    assertThat(call.challenged()).isFalse();
  }

  @OverUdpAndTcp
  void a_refusal_at_once_is_one(Transport transport) throws Exception {
    for (String status : List.of("503 Try again later", "404 No trunk found", "400")) {
      try (ScriptedServer server = ScriptedServer.on(transport)) {
        server.when("INVITE", answers("100 Processing").then(answers(status)));

        PlacedCall call = call(server, LONG, LONG);

        assertThat(call.ending()).isEqualTo(Ending.REFUSED);
        assertThat(call.decision()).map(SipAnswer::toString).get().asString().startsWith(status);
        await().until(() -> server.methods().equals(List.of("INVITE", "ACK")));
      }
    }
  }

  @OverUdpAndTcp
  void is_cancelled_when_it_has_rung_for_its_time(Transport transport) throws Exception {
    ScriptedServer server = server(transport);
    server
        .when(
            "INVITE",
            answers("180 Ringing").then(server.after(SHORT.dividedBy(3), answers("180 Ringing"))))
        .when("CANCEL", server.cancels());

    PlacedCall call = call(server, LONG, SHORT);

    assertThat(call.ending()).isEqualTo(Ending.CANCELLED);
    assertThat(call.rings()).isEqualTo(2);
    assertThat(call.decision()).map(SipAnswer::code).contains(487);
    assertThat(call.finalAnswer("CANCEL")).map(SipAnswer::code).contains(200);
    assertThat(call.finalAnswer("CANCEL").orElseThrow().after()).isGreaterThan(SHORT);
    await().until(() -> server.methods().equals(List.of("INVITE", "CANCEL", "ACK")));
    HeardRequest invite = server.last("INVITE");
    HeardRequest cancel = server.last("CANCEL");
    assertThat(cancel.branch()).isEqualTo(invite.branch());
    assertThat(cancel.uri()).isEqualTo(invite.uri());
    assertThat(cancel.header("To")).isEqualTo(invite.header("To"));
    assertThat(cancel.header("CSeq")).isEqualTo("1 CANCEL");
    confirms(invite, server.last("ACK"));
  }

  @OverUdpAndTcp
  void is_cancelled_as_soon_as_the_caller_has_seen_enough(Transport transport) throws Exception {
    ScriptedServer server = server(transport);
    server
        .when("INVITE", answers("180 Ringing").then(answers("180 Ringing")))
        .when("CANCEL", server.cancels());

    PlacedCall call =
        call(
            server,
            LONG,
            LONG,
            answers -> answers.stream().filter(a -> a.code() == 180).count() == 2);

    assertThat(call.ending()).isEqualTo(Ending.CANCELLED);
    assertThat(call.decision().orElseThrow().after()).isLessThan(LONG);
  }

  @OverUdpAndTcp
  void is_dropped_when_the_server_answers_nothing_more(Transport transport) throws Exception {
    ScriptedServer server =
        server(transport).when("INVITE", answers("100 Processing").then(answers("180 Ringing")));

    PlacedCall call = call(server, SHORT, SHORT);

    assertThat(call.ending()).isEqualTo(Ending.DROPPED);
    assertThat(call.rings()).isEqualTo(1);
    assertThat(call.decision()).isEmpty();
    assertThat(call.finalAnswer("CANCEL")).isEmpty();
    assertThat(server.methods()).containsExactly("INVITE", "CANCEL");
  }

  @OverUdpAndTcp
  void is_dropped_when_it_never_rings(Transport transport) throws Exception {
    ScriptedServer server =
        server(transport)
            .when("INVITE", answers("100 Processing"))
            .when("CANCEL", answers("481 Call/Transaction Does Not Exist"));

    PlacedCall call = call(server, SHORT, LONG);

    assertThat(call.ending()).isEqualTo(Ending.DROPPED);
    assertThat(call.finalAnswer("CANCEL")).map(SipAnswer::code).contains(481);
  }

  @OverUdpAndTcp
  void hangs_up_as_soon_as_it_is_answered(Transport transport) throws Exception {
    ScriptedServer server =
        server(transport)
            .when(
                "INVITE",
                answers("407 Unauthorized", CHALLENGE),
                answers(
                    "200 OK",
                    "Contact: <sip:there@192.0.2.9:5080;transport=tcp>;expires=60",
                    "Record-Route: <sip:far.example;lr>, <sip:near.example;lr>"))
            .when("BYE", answers("200 OK"));

    PlacedCall call = call(server, LONG, LONG);

    assertThat(call.ending()).isEqualTo(Ending.ANSWERED);
    assertThat(call.finalAnswer("BYE")).map(SipAnswer::code).contains(200);
    assertThat(server.methods()).containsExactly("INVITE", "ACK", "INVITE", "ACK", "BYE");
    HeardRequest ack = server.last("ACK");
    assertThat(ack.uri()).isEqualTo("sip:there@192.0.2.9:5080;transport=tcp");
    assertThat(ack.header("CSeq")).isEqualTo("2 ACK");
    assertThat(ack.header("To")).endsWith(";tag=there");
    assertThat(ack.header("Proxy-Authorization")).isNotEmpty();
    assertThat(ack.headers("Route"))
        .containsExactly("<sip:near.example;lr>", "<sip:far.example;lr>");
    HeardRequest bye = server.last("BYE");
    assertThat(bye.uri()).isEqualTo(ack.uri());
    assertThat(bye.header("CSeq")).isEqualTo("3 BYE");
    assertThat(bye.header("To")).isEqualTo(ack.header("To"));
    assertThat(bye.branch()).isNotEqualTo(ack.branch());
  }

  @OverUdpAndTcp
  void hangs_up_when_the_answer_crosses_the_cancel(Transport transport) throws Exception {
    ScriptedServer server = server(transport);
    server
        .when("INVITE", answers("180 Ringing"))
        .when(
            "CANCEL",
            (cancel, peer) -> {
              peer.send(server.last("INVITE").answer("200 OK"));
              peer.send(cancel.answer("200 OK"));
            })
        .when("BYE", answers("200 OK"));

    PlacedCall call = call(server, LONG, SHORT);

    assertThat(call.ending()).isEqualTo(Ending.ANSWERED);
    assertThat(server.methods()).containsExactly("INVITE", "CANCEL", "ACK", "BYE");
    assertThat(server.last("BYE").uri()).isEqualTo(server.last("INVITE").uri());
  }

  @OverUdpAndTcp
  void answers_a_server_that_hangs_up_at_the_same_time(Transport transport) throws Exception {
    ScriptedServer server =
        server(transport)
            .when("INVITE", answers("200 OK"))
            .when(
                "BYE",
                says("BYE sip:gw@h SIP/2.0\r\nVia: v\r\nCSeq: 7 BYE\r\nCall-ID: c\r\n\r\n")
                    .then(says("OPTIONS sip:gw@h SIP/2.0\r\nCSeq: 8 OPTIONS\r\n\r\n"))
                    .then(answers("481 Call/Transaction Does Not Exist")));

    PlacedCall call = call(server, LONG, LONG);

    assertThat(call.ending()).isEqualTo(Ending.ANSWERED);
    assertThat(call.finalAnswer("BYE")).map(SipAnswer::code).contains(481);
    await().until(() -> server.heard().size() == 5);
    assertThat(server.heard().get(3).text()).startsWith("SIP/2.0 200 OK\r\nVia: v\r\n");
    assertThat(server.heard().get(4).text()).startsWith("SIP/2.0 501 Not Implemented\r\n");
  }

  @OverUdpAndTcp
  void confirms_an_answer_that_is_said_again(Transport transport) throws Exception {
    ScriptedServer server =
        server(transport)
            .when("INVITE", answers("200 OK").then(answers("200 OK")))
            .when("BYE", SILENCE, answers("200 OK"));

    PlacedCall call = call(server, transport == Transport.UDP ? LONG : SHORT, LONG);

    assertThat(call.ending()).isEqualTo(Ending.ANSWERED);
    assertThat(call.answers()).filteredOn(answer -> answer.method().equals("INVITE")).hasSize(1);
    assertThat(server.methods()).startsWith("INVITE", "ACK", "BYE", "ACK");
  }

  @OverUdpAndTcp
  void a_call_that_is_given_up_in_the_middle_is_cancelled(Transport transport) throws Exception {
    ScriptedServer server =
        server(transport)
            .when("INVITE", answers("180 Ringing").then(says("\u0000\u0001garbage\r\n\r\n")));

    SipFailure failure = catchThrowableOfType(SipFailure.class, () -> call(server, LONG, LONG));

    assertThat(failure.reason()).isEqualTo(Reason.NOT_SIP);
    assertThat(failure).hasMessage(server.address() + ": what it answers is not SIP");
    assertThat(failure.answers()).extracting(SipAnswer::code).containsExactly(180);
    await().until(() -> server.methods().equals(List.of("INVITE", "CANCEL")));
  }

  @OverUdpAndTcp
  void a_call_whose_caller_fails_is_cancelled(Transport transport) throws Exception {
    ScriptedServer server = server(transport).when("INVITE", answers("180 Ringing"));

    assertThatThrownBy(
            () ->
                call(
                    server,
                    LONG,
                    LONG,
                    answers -> {
                      throw new IllegalStateException("the caller failed");
                    }))
        .hasMessage("the caller failed");

    await().until(() -> server.methods().equals(List.of("INVITE", "CANCEL")));
  }

  @OverUdpAndTcp
  void a_call_whose_caller_is_interrupted_is_cancelled(Transport transport) throws Exception {
    CompletableFuture<SipFailure> failure = new CompletableFuture<>();
    ScriptedServer server = server(transport);
    Thread caller =
        new Thread(
            () ->
                failure.complete(
                    catchThrowableOfType(SipFailure.class, () -> call(server, LONG, LONG))));
    server.when("INVITE", answers("180 Ringing").then((invite, peer) -> caller.interrupt()));
    caller.start();

    assertThat(failure.get(5, TimeUnit.SECONDS).reason()).isEqualTo(Reason.STOPPED);
    await().until(() -> server.methods().equals(List.of("INVITE", "CANCEL")));
  }

  @OverUdpAndTcp
  void silence_is_no_answer(Transport transport) throws Exception {
    ScriptedServer server = server(transport);

    SipFailure failure = catchThrowableOfType(SipFailure.class, () -> call(server, SHORT, LONG));

    assertThat(failure.reason()).isEqualTo(Reason.NO_ANSWER);
    assertThat(failure).hasMessageEndingWith(": there was no answer within 450 ms");
    await().until(() -> server.methods().equals(List.of("INVITE", "CANCEL")));
  }

  @Test
  void a_server_that_never_stops_talking_holds_up_nobody() throws Exception {
    String request = "OPTIONS sip:gw@h SIP/2.0\r\nVia: v\r\nCSeq: 8 OPTIONS\r\n\r\n";
    ScriptedServer server =
        server(Transport.TCP)
            .when("INVITE", answers("180 Ringing").then(says(request.repeat(2000))));

    SipFailure failure = catchThrowableOfType(SipFailure.class, () -> call(server, LONG, LONG));

    assertThat(failure.reason()).isEqualTo(Reason.NOT_SIP);
    assertThat(failure).hasMessageEndingWith(": it does not stop talking");
  }

  @Test
  void what_was_lost_is_sent_again() throws Exception {
    ScriptedServer server = server(Transport.UDP);
    server
        .when("INVITE", SILENCE, answers("180 Ringing"))
        .when("CANCEL", SILENCE, server.cancels());

    PlacedCall call = call(server, LONG, SHORT);

    assertThat(call.ending()).isEqualTo(Ending.CANCELLED);
    await()
        .until(
            () -> server.methods().equals(List.of("INVITE", "INVITE", "CANCEL", "CANCEL", "ACK")));
    assertThat(server.heard().get(1).text()).isEqualTo(server.heard().get(0).text());
  }

  @Test
  void a_refusal_that_is_said_again_is_confirmed_again_and_counted_once() throws Exception {
    ScriptedServer server =
        server(Transport.UDP)
            .when(
                "INVITE",
                answers("407 Unauthorized", CHALLENGE).then(answers("407 Unauthorized", CHALLENGE)),
                answers("486 Rejected"));

    PlacedCall call = call(server, LONG, LONG);

    assertThat(call.decision()).map(SipAnswer::code).contains(486);
    assertThat(call.answers()).extracting(SipAnswer::code).containsExactly(407, 486);
    await().until(() -> server.methods().stream().filter("ACK"::equals).count() == 3);
  }

  @Test
  void answers_may_come_in_pieces() throws Exception {
    ScriptedServer server =
        server(Transport.TCP)
            .when("INVITE", answersInPieces("180 Ringing").then(answersInPieces("486 Rejected")));

    assertThat(call(server, LONG, LONG).answers())
        .extracting(SipAnswer::code)
        .containsExactly(180, 486);
  }

  @Test
  void a_connection_that_is_closed_in_the_middle_is_a_failure() throws Exception {
    ScriptedServer server =
        server(Transport.TCP).when("INVITE", answers("180 Ringing").then(CLOSES));

    SipFailure failure = catchThrowableOfType(SipFailure.class, () -> call(server, LONG, LONG));

    assertThat(failure.reason()).isEqualTo(Reason.CLOSED);
    assertThat(failure).hasMessageEndingWith(": it closed the connection");
    assertThat(failure.answers()).extracting(SipAnswer::code).containsExactly(180);
  }

  @Test
  void a_connection_that_is_closed_after_the_decision_is_none() throws Exception {
    ScriptedServer refuses =
        server(Transport.TCP).when("INVITE", answers("403 Forbidden").then(CLOSES));
    assertThat(call(refuses, LONG, LONG).decision()).map(SipAnswer::code).contains(403);

    try (ScriptedServer accepts = ScriptedServer.on(Transport.TCP)) {
      accepts.when("INVITE", answers("200 OK")).when("BYE", CLOSES);
      PlacedCall call = call(accepts, LONG, LONG);
      assertThat(call.ending()).isEqualTo(Ending.ANSWERED);
      assertThat(call.finalAnswer("BYE")).isEmpty();
    }
  }

  @Test
  void secrets_and_numbers_are_not_shown() {
    CallRequest request =
        new CallRequest(
            new SipAddress("h", 5060, Transport.TCP), "call-1", "+15550100001", LOGIN, LONG, LONG);

    assertThat(request).hasToString("a call to h:5060 (tcp)");
    assertThat(LOGIN).hasToString("the login of gateway");
  }

  @Test
  void nothing_gets_into_a_request_that_could_end_a_line() {
    SipAddress server = new SipAddress("h", 5060, Transport.TCP);

    assertThatThrownBy(() -> new CallRequest(server, "a\r\nX: 1", "b", null, LONG, LONG))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CallRequest(server, "a", "b>@c", null, LONG, LONG))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SipLogin("a\"\r\n", "p"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private ScriptedServer server(Transport transport) throws IOException {
    ScriptedServer server = ScriptedServer.on(transport);
    opened = server;
    return server;
  }

  private static PlacedCall call(ScriptedServer server, Duration patience, Duration ring) {
    return call(server, patience, ring, answers -> false);
  }

  private static PlacedCall call(
      ScriptedServer server, Duration patience, Duration ring, Predicate<List<SipAnswer>> enough) {
    SipAddress to = server.address();
    return new SipClient()
        .call(new CallRequest(to, "call-doctor-1", "+15550100001", LOGIN, patience, ring), enough);
  }

  private static void confirms(HeardRequest invite, HeardRequest ack) {
    assertThat(ack.branch()).isEqualTo(invite.branch());
    assertThat(ack.uri()).isEqualTo(invite.uri());
    assertThat(ack.header("CSeq")).isEqualTo(invite.header("CSeq").replace("INVITE", "ACK"));
    assertThat(ack.header("To")).isEqualTo(invite.header("To") + ";tag=there");
    assertThat(ack.header("From")).isEqualTo(invite.header("From"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Transport.class,
      names = {"UDP", "TCP"})
  @Retention(RetentionPolicy.RUNTIME)
  private @interface OverUdpAndTcp {}
}
