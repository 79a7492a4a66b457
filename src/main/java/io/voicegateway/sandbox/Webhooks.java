package io.voicegateway.sandbox;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import livekit.LivekitModels.DisconnectReason;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitModels.Room;
import livekit.LivekitModels.TrackInfo;
import livekit.LivekitWebhook.WebhookEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * LiveKit's webhooks, in the form of recorded ones and in order; a post that fails is not tried
 * again (livekit/protocol, webhook/resource_url_notifier.go).
 */
final class Webhooks {

  private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration VALID = Duration.ofMinutes(5);

  private final Tokens tokens;
  private final Events events;
  private final Deliveries<WebhookEvent> deliveries;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private volatile @Nullable URI receiver;

  Webhooks(Tokens tokens, Events events) {
    this.tokens = tokens;
    this.events = events;
    this.deliveries = new Deliveries<>(this::post, events.pool());
  }

  /** From now on webhooks are posted there. */
  void to(URI address) {
    receiver = address;
  }

  void started(SandboxRoom room) {
    send(event("room_started").setRoom(room.info()));
  }

  void finished(SandboxRoom room) {
    send(event("room_finished").setRoom(room.info()));
  }

  void joined(SandboxRoom room, Member member) {
    send(event("participant_joined").setRoom(room.info()).setParticipant(member.info()));
    tracks("track_published", room, member);
  }

  void left(SandboxRoom room, Member member, DisconnectReason reason) {
    tracks("track_unpublished", room, member);
    ParticipantInfo gone =
        member.info().build().toBuilder()
            .clearTracks()
            .setState(ParticipantInfo.State.DISCONNECTED)
            .setDisconnectReason(reason)
            .build();
    send(event("participant_left").setRoom(room.info()).setParticipant(gone));
  }

  /** A track's event tells of room and participant no more than who they are. */
  private void tracks(String what, SandboxRoom room, Member member) {
    for (TrackInfo track : member.info().getTracksList()) {
      Room info = room.info();
      send(
          event(what)
              .setRoom(Room.newBuilder().setSid(info.getSid()).setName(info.getName()))
              .setParticipant(
                  ParticipantInfo.newBuilder()
                      .setSid(member.info().getSid())
                      .setIdentity(member.identity()))
              .setTrack(track));
    }
  }

  private static WebhookEvent.Builder event(String what) {
    return WebhookEvent.newBuilder()
        .setEvent(what)
        .setId(Ids.of("EV_"))
        .setCreatedAt(Instant.now().getEpochSecond());
  }

  private void send(WebhookEvent.Builder event) {
    if (receiver != null) {
      deliveries.send(event.build());
    }
  }

  private void post(WebhookEvent event) {
    events.tell(
        "webhook",
        event.getRoom().getName(),
        (event.getEvent() + " " + event.getParticipant().getIdentity()).strip());
    try {
      byte[] body =
          JsonFormat.printer()
              .omittingInsignificantWhitespace()
              .print(event)
              .getBytes(StandardCharsets.UTF_8);
      HttpRequest request =
          HttpRequest.newBuilder(receiver)
              .timeout(PATIENCE)
              .header("Content-Type", "application/webhook+json")
              .header("Authorization", token(body))
              .POST(HttpRequest.BodyPublishers.ofByteArray(body))
              .build();
      int status = http.send(request, BodyHandlers.discarding()).statusCode();
      LOG.debug("webhook {} answered {}", event.getEvent(), status);
    } catch (InvalidProtocolBufferException impossible) {
      throw new IllegalStateException(impossible);
    } catch (IOException lost) {
      LOG.debug("webhook {} lost: {}", event.getEvent(), lost.getClass().getSimpleName());
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private String token(byte[] body) {
    Instant now = Instant.now();
    return JWT.create()
        .withIssuer(tokens.apiKey())
        .withNotBefore(now)
        .withIssuedAt(now)
        .withExpiresAt(now.plus(VALID))
        .withClaim("sha256", hash(body))
        .sign(Algorithm.HMAC256(tokens.apiSecret()));
  }

  private static String hash(byte[] body) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
