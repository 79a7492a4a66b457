package io.voicegateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.doctor.Diagnosis.Level;
import io.voicegateway.sip.SipAddress;
import io.voicegateway.sip.SipClient;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether the SIP host is LiveKit's, and answers as LiveKit does. */
class SipHostCheckTest {

  @ParameterizedTest(name = "OPTIONS {0}: {1}")
  @CsvSource({
    "200 OK, OK",
    "403 Forbidden, WARNING",
    "404 Not Found, WARNING",
    "503 Busy, WARNING"
  })
  void onlyTheAnswerOfALiveKitIsOk(String status, Level level) throws IOException {
    try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> answer(server, status));
      SipAddress address = SipAddress.parse("127.0.0.1:" + server.getLocalPort(), "udp");

      List<Diagnosis> found =
          new SipHostCheck(new SipClient(), address, "http://127.0.0.1:7880/").examine();

      assertThat(found).singleElement().extracting(Diagnosis::level).isEqualTo(level);
      answered.join();
    }
  }

  @Test
  void nobodyThereIsAProblem() throws IOException {
    int port;
    try (DatagramSocket gone = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }

    assertThat(
            new SipHostCheck(
                    new SipClient(),
                    SipAddress.parse("127.0.0.1:" + port, "tcp"),
                    "http://127.0.0.1:7880/")
                .examine())
        .singleElement()
        .extracting(Diagnosis::level)
        .isEqualTo(Level.PROBLEM);
  }

  @ParameterizedTest(name = "{0} for {1}: {2}")
  @CsvSource({
    "5t4n6j0wnrl.sip.livekit.cloud, https://acme.livekit.cloud, is Retell's",
    "sip.retellai.com, https://acme.livekit.cloud, is Retell's",
    "SIP.JAMBONZ.CLOUD, https://acme.livekit.cloud, is Jambonz's",
    "acme.pstn.twilio.com, http://127.0.0.1:7880, is Twilio's",
    "sip.vapi.ai, http://127.0.0.1:7880, is Vapi's",
    "sip.telnyx.com, http://127.0.0.1:7880, is Telnyx's",
    "acme.sip.livekit.cloud, http://127.0.0.1:7880, is LiveKit Cloud's",
    "sip.example.test, https://acme.livekit.cloud, is not LiveKit Cloud's",
    "sip.example.test, http://127.0.0.1:7880, ''",
    "nottwilio.com, http://127.0.0.1:7880, ''",
    "acme.sip.livekit.cloud, https://acme.livekit.cloud, ''",
  })
  void theHostOfAnotherPlatformIsNamed(String host, String url, String said) {
    Optional<Diagnosis> found = check(host, url).form();

    assertThat(found.isPresent()).isEqualTo(!said.isEmpty());
    assertThat(found.map(Diagnosis::words).orElse("")).contains(said);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "10.1.2.3, true",
    "172.16.0.1, true",
    "172.32.0.1, false",
    "192.168.1.1, true",
    "100.64.0.1, true",
    "100.128.0.1, false",
    "[fd00::1], true",
    "192.0.2.1, false",
    "127.0.0.1, false",
  })
  void aPrivateAddressIsAWarning(String host, boolean warned) {
    assertThat(check(host, "http://127.0.0.1:7880").ownNetwork().map(Diagnosis::level))
        .isEqualTo(warned ? Optional.of(Level.WARNING) : Optional.empty());
  }

  private static SipHostCheck check(String host, String url) {
    return new SipHostCheck(new SipClient(), SipAddress.parse(host, "tcp"), url);
  }

  private static void answer(DatagramSocket server, String status) {
    try {
      DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
      server.receive(packet);
      String request = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
      String headers =
          request
              .lines()
              .filter(line -> line.matches("(?i)(via|from|to|call-id|cseq):.*"))
              .collect(Collectors.joining("\r\n"));
      byte[] answer =
          "SIP/2.0 %s\r\n%s\r\nContent-Length: 0\r\n\r\n"
              .formatted(status, headers)
              .getBytes(StandardCharsets.UTF_8);
      server.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
    } catch (IOException closed) {
      // the test is over
    }
  }
}
