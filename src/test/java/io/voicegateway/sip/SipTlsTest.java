package io.voicegateway.sip;

import static io.voicegateway.sip.ScriptedServer.answers;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.voicegateway.sip.PlacedCall.Ending;
import io.voicegateway.sip.SipAddress.Transport;
import io.voicegateway.sip.SipFailure.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class SipTlsTest {

  private static final Duration LONG = Duration.ofSeconds(10);
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir static Path folder;
  private static SSLContext good;
  private static SSLContext expired;

  @BeforeAll
  static void makeCertificates() throws Exception {
    good = context("-startdate", "-1d", "-validity", "3");
    expired = context("-startdate", "-3d", "-validity", "1");
  }

  @AfterEach
  void nothingIsLeft() {
    LeftBehind.noThread();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void a_server_whose_certificate_is_trusted_is_spoken_to(String version) throws Exception {
    try (ScriptedServer server = server(good, version)) {
      server
          .when("OPTIONS", answers("200 OK"))
          .when("INVITE", answers("180 Ringing"))
          .when("CANCEL", server.cancels());
      SipAddress address = named("localhost", server);

      assertThat(trusting(good).options(address, LONG).code()).isEqualTo(200);
      PlacedCall call =
          trusting(good)
              .call(new CallRequest(address, "call-1", "gw", null, LONG, Duration.ofMillis(50)));
      assertThat(call.ending()).isEqualTo(Ending.CANCELLED);
      assertThat(server.last("INVITE").uri()).endsWith(";transport=tls");
      LeftBehind.nothing(server);
    }
  }

  @Test
  void a_certificate_that_java_does_not_know_is_not_trusted() throws Exception {
    fails(new SipClient(), good, "localhost", Reason.UNTRUSTED, "its certificate is not trusted");
  }

  @Test
  void a_certificate_of_another_host_is_not_trusted() throws Exception {
    fails(
        trusting(good),
        good,
        "127.0.0.1",
        Reason.UNTRUSTED,
        "its certificate is not for this host");
  }

  @Test
  void a_certificate_that_has_expired_is_not_trusted() throws Exception {
    fails(trusting(expired), expired, "localhost", Reason.UNTRUSTED, "its certificate has expired");
  }

  @Test
  void a_server_that_answers_without_tls_is_known() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> greeting = CompletableFuture.runAsync(() -> greet(plain));
      SipAddress address = new SipAddress("localhost", plain.getLocalPort(), Transport.TLS);

      SipFailure failure =
          catchThrowableOfType(SipFailure.class, () -> new SipClient().options(address, LONG));

      assertThat(failure.reason()).isEqualTo(Reason.NO_TLS);
      assertThat(failure).hasMessageContaining(": TLS was not agreed on (");
      greeting.join();
    }
  }

  private static void greet(ServerSocket plain) {
    try (Socket connection = plain.accept()) {
      connection.getOutputStream().write("SIP/2.0 400 Bad\r\n\r\n".getBytes(US_ASCII));
      connection.getInputStream().readAllBytes();
    } catch (IOException gone) {
      // the one who asked has heard enough
    }
  }

  @Test
  void a_server_that_is_silent_about_tls_is_known() throws Exception {
    try (ScriptedServer plain = ScriptedServer.on(Transport.TCP)) {
      SipAddress address = named("localhost", plain);

      SipFailure failure =
          catchThrowableOfType(
              SipFailure.class, () -> new SipClient().options(address, Duration.ofMillis(400)));

      assertThat(failure.reason()).isEqualTo(Reason.NO_ANSWER);
      assertThat(failure)
          .hasMessageEndingWith("it was connected, but TLS was not agreed on within 400 ms");
      LeftBehind.nothing(plain);
    }
  }

  private static void fails(
      SipClient client, SSLContext server, String host, Reason reason, String words)
      throws Exception {
    try (ScriptedServer running = server(server, "TLSv1.3")) {
      SipAddress address = named(host, running);

      SipFailure failure =
          catchThrowableOfType(SipFailure.class, () -> client.options(address, LONG));

      assertThat(failure).hasMessage(address + ": " + words);
      assertThat(failure.reason()).isEqualTo(reason);
    }
  }

  private static SipAddress named(String host, ScriptedServer server) {
    return new SipAddress(host, server.address().port(), Transport.TLS);
  }

  private static SipClient trusting(SSLContext certificate) {
    return new SipClient(certificate::getSocketFactory);
  }

  private static ScriptedServer server(SSLContext context, String version) throws Exception {
    ServerSocket socket =
        context.getServerSocketFactory().createServerSocket(0, 8, InetAddress.getLoopbackAddress());
    ((SSLServerSocket) socket).setEnabledProtocols(new String[] {version});
    return new ScriptedServer(socket, Transport.TLS);
  }

  /** Shows a new certificate for localhost, and trusts who signed it. */
  private static SSLContext context(String... dates) throws Exception {
    Path file = folder.resolve(dates[1] + ".p12");
    keytool(file, "ca", "-dname", "CN=somebody", "-ext", "bc:c", "-validity", "9");
    List<String> own =
        new ArrayList<>(List.of("-dname", "CN=h", "-ext", "SAN=dns:localhost", "-signer", "ca"));
    own.addAll(List.of(dates));
    keytool(file, "own", own.toArray(new String[0]));
    return context(file);
  }

  private static void keytool(Path file, String alias, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-keyalg", "EC", "-alias", alias));
    command.addAll(List.of("-keystore", file.toString(), "-storepass", new String(PASSWORD)));
    command.addAll(List.of(options));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
  }

  private static SSLContext context(Path file) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", keys.getCertificate("ca"));
    keys.deleteEntry("ca");
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
