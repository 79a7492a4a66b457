package io.voicegateway.sandbox;

import java.time.Instant;
import java.util.Map;
import livekit.LivekitModels.BackupCodecPolicy;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitModels.ParticipantPermission;
import livekit.LivekitModels.TrackInfo;
import livekit.LivekitModels.TrackSource;
import livekit.LivekitModels.TrackType;
import org.jspecify.annotations.Nullable;

/** A participant of a room, and the phone leg behind it where there is one. */
record Member(ParticipantInfo.Builder info, @Nullable SipLeg leg) {

  @SuppressWarnings("deprecation") // LiveKit still sets the permission agents are known by
  static Member agent(String agentName, String identity, boolean speaks) {
    ParticipantInfo.Builder info =
        participant(ParticipantInfo.Kind.AGENT, identity, "agent", "voice", "audio/red")
            .putAttributes("lk.agent_name", agentName)
            .setClientProtocol(2);
    info.getPermissionBuilder().setAgent(true);
    if (!speaks) {
      info.clearTracks();
    }
    return new Member(info, null);
  }

  static Member phone(
      String identity, String name, String metadata, Map<String, String> attributes, SipLeg leg) {
    return new Member(
        participant(ParticipantInfo.Kind.SIP, identity, name, identity, "audio/opus")
            .setMetadata(metadata)
            .putAllAttributes(attributes),
        leg);
  }

  String identity() {
    return info.getIdentity();
  }

  /** Agents neither keep a room open nor count as its participants. */
  boolean isAgent() {
    return info.getKind() == ParticipantInfo.Kind.AGENT;
  }

  boolean isAudible() {
    return info.getTracksCount() > 0;
  }

  private static ParticipantInfo.Builder participant(
      ParticipantInfo.Kind kind, String identity, String name, String track, String mimeType) {
    Instant now = Instant.now();
    return ParticipantInfo.newBuilder()
        .setSid(Ids.of("PA_"))
        .setIdentity(identity)
        .setName(name)
        .setKind(kind)
        .setState(ParticipantInfo.State.ACTIVE)
        .setJoinedAt(now.getEpochSecond())
        .setJoinedAtMs(now.toEpochMilli())
        .setVersion(3)
        .setIsPublisher(true)
        .setPermission(
            ParticipantPermission.newBuilder()
                .setCanSubscribe(true)
                .setCanPublish(true)
                .setCanPublishData(true)
                .setCanUpdateMetadata(true))
        .addTracks(
            TrackInfo.newBuilder()
                .setSid(Ids.of("TR_AM"))
                .setType(TrackType.AUDIO)
                .setName(track)
                .setSource(TrackSource.MICROPHONE)
                .setMimeType(mimeType)
                .setBackupCodecPolicy(BackupCodecPolicy.SIMULCAST)
                .setStream("camera"));
  }
}
