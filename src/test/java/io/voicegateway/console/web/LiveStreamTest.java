package io.voicegateway.console.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voicegateway.Gateway;
import io.voicegateway.GatewayTest;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** What browsers are told without asking. */
@GatewayTest
class LiveStreamTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  @Value("${local.server.port}")
  private int management;

  @Value("${local.gateway.port}")
  private int port;

  private final HttpClient browsers = HttpClient.newHttpClient();

  @Test
  void aNewCallIsToldWithoutAskingAndNothingWhileNothingChanges() throws Exception {
    Told told = follow();
    await().atMost(SOON).until(() -> told.text().contains("event:calls"));

    String sid = new Callers(port).call("+4930555443322", "+15550001000", "Ada");

    await().atMost(SOON).until(() -> told.text().contains(sid) && told.text().contains("***322"));
    assertThat(told.text()).doesNotContain("555443");
    // the sandbox's agent may still be on its way
    AtomicInteger before = new AtomicInteger();
    await().during(Duration.ofSeconds(2)).atMost(SOON).until(() -> isSilentSince(before, told));
  }

  private static boolean isSilentSince(AtomicInteger before, Told told) {
    int now = told.text().length();
    return before.getAndSet(now) == now;
  }

  @Test
  void moreBrowsersThanMayFollowAreTurnedAwayUntilOneLeaves() throws Exception {
    List<HttpResponse<InputStream>> following = new ArrayList<>();
    await()
        .atMost(SOON)
        .until(
            () -> {
              following.add(ask());
              return following.get(following.size() - 1).statusCode() == 503;
            });
    assertThat(following).hasSizeBetween(2, LiveStreams.MOST + 1);

    for (HttpResponse<InputStream> one : following) {
      one.body().close();
    }

    await()
        .atMost(Duration.ofSeconds(40))
        .until(
            () -> {
              HttpResponse<InputStream> again = ask();
              again.body().close();
              return again.statusCode() == 200;
            });
  }

  @Test
  void theEndOfTheGatewayDoesNotWaitForBrowsers() throws Exception {
    ConfigurableApplicationContext gateway = another();
    management =
        Integer.parseInt(gateway.getEnvironment().getRequiredProperty("local.server.port"));
    Told told = follow();
    await().atMost(SOON).until(() -> told.text().contains("event:calls"));
    Instant begin = Instant.now();

    gateway.close();

    await().atMost(SOON).until(told.end()::isDone);
    assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(9));
  }

  private static ConfigurableApplicationContext another() {
    return new SpringApplication(Gateway.class)
        .run(
            "--gateway.port=0",
            "--server.port=0",
            "--spring.jmx.enabled=false",
            "--gateway.livekit.url=",
            "--gateway.records.url=jdbc:h2:mem:" + UUID.randomUUID(),
            "--gateway.plan.file=src/test/resources/plan.yaml",
            "--gateway.plan.agent=voice-agent",
            "--gateway.ops.password=s3cret",
            "--gateway.dead-letters.directory=target/dead-letters/others");
  }

  private record Told(StringBuffer said, CompletableFuture<Void> end) {
    String text() {
      return said.toString();
    }
  }

  private Told follow() throws Exception {
    InputStream body = ask().body();
    StringBuffer said = new StringBuffer();
    return new Told(
        said,
        CompletableFuture.runAsync(
            () -> {
              byte[] some = new byte[8192];
              try (body) {
                for (int read = body.read(some); read >= 0; read = body.read(some)) {
                  said.append(new String(some, 0, read, StandardCharsets.UTF_8));
                }
              } catch (java.io.IOException over) {
                said.append(" (over)");
              }
            }));
  }

  private HttpResponse<InputStream> ask() throws Exception {
    String login =
        Base64.getEncoder().encodeToString("ops:s3cret".getBytes(StandardCharsets.UTF_8));
    return browsers.send(
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:%d/console/stream".formatted(management)))
            .header("Authorization", "Basic " + login)
            .header("Accept", "text/event-stream")
            .build(),
        BodyHandlers.ofInputStream());
  }
}
