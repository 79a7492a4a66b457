package io.voicegateway.livekit;

import io.voicegateway.call.Call;
import io.voicegateway.call.Progress;
import io.voicegateway.call.Registration;
import io.voicegateway.call.RingBack;
import io.voicegateway.livekit.api.LiveKitFailure;
import io.voicegateway.livekit.api.LiveKits;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import livekit.LivekitModels.ParticipantInfo;
import org.apache.camel.ExchangeProperty;
import org.springframework.stereotype.Component;

/**
 * Asks LiveKit how far a ring-back has come, when no hook or webhook told this gateway. One
 * request.
 */
@Component("ringBackLook")
final class RingBackLook {

  /** LiveKit's participant joins before it calls; by then it is there or will not come. */
  private static final Duration SURELY_THERE = Duration.ofSeconds(3);

  private static final String STATUS = "sip.callStatus";

  private final LiveKits livekits;
  private final Clock clock;

  RingBackLook(LiveKits livekits, Clock clock) {
    this.livekits = livekits;
    this.clock = clock;
  }

  /**
   * Never unknown: what LiveKit does not tell may still come. While it is left alone no caller's
   * hook waits for it.
   */
  Progress look(@ExchangeProperty("ringBack") RingBack ringBack) {
    if (livekits.of(ringBack.call().project()).isLeftAlone()) {
      return Progress.WAITING;
    }
    try {
      return progress(participants(ringBack.call()), ringBack);
    } catch (LiveKitFailure unanswered) {
      return Progress.WAITING;
    }
  }

  /**
   * Whether LiveKit's participant for the call is there, which it is before LiveKit calls. A second
   * one would throw it out, and its leg with it (livekit/pkg/service/roommanager.go).
   */
  boolean isAsked(@ExchangeProperty("registration") Registration registration) {
    try {
      return participants(registration.call()).stream().anyMatch(RingBackLook::isCaller);
    } catch (LiveKitFailure unanswered) {
      return false;
    }
  }

  private List<ParticipantInfo> participants(Call call) {
    return livekits.of(call.project()).rooms().participants(call.room());
  }

  private static boolean isCaller(ParticipantInfo who) {
    return who.getIdentity().equals(ParticipantRequests.CALLER);
  }

  private Progress progress(List<ParticipantInfo> inRoom, RingBack ringBack) {
    List<ParticipantInfo> phones = inRoom.stream().filter(RingBackLook::isCaller).toList();
    if (phones.isEmpty()) {
      boolean tooLate = clock.instant().isAfter(ringBack.since().plus(SURELY_THERE));
      return tooLate ? Progress.FAILED : Progress.WAITING;
    }
    boolean up = phones.stream().anyMatch(RingBackLook::isUp);
    return up && inRoom.stream().anyMatch(RoomLook::isAudibleAgent)
        ? Progress.READY
        : Progress.WAITING;
  }

  private static boolean isUp(ParticipantInfo phone) {
    return phone.getAttributesOrDefault(STATUS, "").equals("active");
  }
}
