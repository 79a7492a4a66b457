package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voicegateway.Hooks.Reply;
import io.voicegateway.sandbox.OutboundLeg;
import io.voicegateway.sandbox.SandboxLiveKit;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.test.context.TestPropertySource;

/** Two gateways in front of one LiveKit, to which Jambonz posts as it likes. */
@GatewayTest
@TestPropertySource(properties = "gateway.records.url=jdbc:h2:mem:two-gateways-one-livekit")
class TwoGatewaysOneLiveKitTest {

  @Value("${local.gateway.port}")
  private int port;

  @Autowired private SandboxLiveKit livekit;
  @Autowired private Environment settings;

  private final BlockingQueue<OutboundLeg> invited = new LinkedBlockingQueue<>();
  private final String sid = UUID.randomUUID().toString();
  private ConfigurableApplicationContext second;

  @BeforeEach
  void start() {
    livekit.farEnd("jambonz.sandbox.invalid", invited::add);
    second =
        new SpringApplicationBuilder(Gateway.class)
            .run(
                "--gateway.port=0",
                "--server.port=0",
                "--spring.jmx.enabled=false",
                same("gateway.livekit.url"),
                same("gateway.livekit.api-key"),
                same("gateway.livekit.api-secret"),
                same("gateway.sip.uri"),
                same("gateway.sip.username"),
                same("gateway.sip.password"),
                same("gateway.outbound.trunk"),
                same("gateway.plan.file"),
                same("gateway.plan.agent"),
                "--gateway.jambonz.unsigned-allowed=true",
                same("gateway.records.url"),
                same("gateway.ops.password"),
                "--gateway.dead-letters.directory=target/dead-letters/two-ring-backs");
  }

  private String same(String setting) {
    return "--" + setting + "=" + settings.getProperty(setting);
  }

  @AfterEach
  void stop() {
    second.close();
  }

  @Test
  void aHookThatIsPostedToTwoGatewaysIsOneRingBack() throws Exception {
    Reply first = new Hooks(port).call(newCall());
    OutboundLeg leg = invited.poll(5, TimeUnit.SECONDS);
    assertThat(leg).isNotNull();
    int asked = livekit.count("CreateSIPParticipant");
    int looks = livekit.count("ListParticipants");

    Reply again = second().call(newCall());

    await().until(() -> livekit.count("ListParticipants") > looks);
    assertThat(invited.poll(1, TimeUnit.SECONDS)).isNull();
    assertThat(livekit.count("CreateSIPParticipant")).isEqualTo(asked);
    assertThat(again.json().path(0)).isEqualTo(first.json().path(0));
    assertThat(again.json().path(0).at("/data/gateway_attempt").asText()).hasSize(32);
  }

  @Test
  void aHookThatBalancersSendToBothIsOneRoomWithOneAgent() {
    Reply first = new Hooks(port).call(Hooks.newCall(sid));
    Reply again = second().call(Hooks.newCall(sid));

    assertThat(withoutState(again)).isEqualTo(withoutState(first));
    assertThat(livekit.rooms()).filteredOn(room -> room.getName().equals("call-" + sid)).hasSize(1);
    assertThat(livekit.dispatchedAgents("call-" + sid)).hasSize(1);
  }

  /** When each heard of the call first is sealed in the hooks. */
  private static String withoutState(Reply reply) {
    return reply.body().replaceAll("then=[\\w-]+", "");
  }

  @Test
  void whoeverWasInvitedByOneIsNotLeftBehindWhenTheOtherHearsOfTheCallsEnd() throws Exception {
    Hooks first = Hooks.ofOperator(port);
    first.call(Hooks.newCall(sid));
    CompletableFuture<Reply> invitation =
        CompletableFuture.supplyAsync(
            () ->
                first.event(
                    "/livekit-api/calls/" + sid + "/invite",
                    "{\"to\": \"+15550008889\", \"ringing_timeout\": 10}"));
    OutboundLeg leg = invited.poll(5, TimeUnit.SECONDS);
    assertThat(leg).isNotNull();
    BlockingQueue<String> ended = new LinkedBlockingQueue<>();
    leg.onEnd(event -> ended.add(event.kind().name()));
    leg.answer();
    invitation.get(5, TimeUnit.SECONDS);
    await()
        .until(
            () ->
                first.get("/livekit-api/calls/" + sid).body().contains("is called into the room"));

    second()
        .event(
            "/livekit-api/status",
            """
            {"call_sid": "%s", "from": "+15550002000", "to": "+15550001000", "direction": "inbound",
             "call_status": "completed", "sip_status": 200, "call_termination_by": "caller"}"""
                .formatted(sid));

    assertThat(ended.poll(5, TimeUnit.SECONDS)).isEqualTo("BYE");
  }

  private Hooks second() {
    return Hooks.ofOperator(
        Integer.parseInt(second.getEnvironment().getProperty("local.gateway.port")));
  }

  private String newCall() {
    return """
        {"call_sid": "%s", "direction": "inbound", "from": "+15550002000", "to": "+15550008888"}"""
        .formatted(sid);
  }
}
