package io.voicegateway.jambonz;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.voicegateway.call.RingBack;
import io.voicegateway.call.record.LegStatus;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of a Jambonz hook, as far as the gateway uses it. Which kind of hook it is does not
 * stand in it; {@link HookKind} tells.
 *
 * @param sip the INVITE, present when an inbound call is new
 * @param tag what we tagged the leg with
 * @param event what happened in a conference
 * @param referStatus what the caller's carrier answered to REFER, in digits
 * @param finalReferStatus what became of it then, in digits
 * @param defaults the application's speech settings, present when a call is new
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record CallHook(
    @JsonProperty("call_sid") @Nullable String callSid,
    @Nullable String direction,
    @Nullable String from,
    @Nullable String to,
    @JsonProperty("caller_name") @Nullable String callerName,
    @JsonProperty("call_status") @Nullable String callStatus,
    @JsonProperty("sip_status") @Nullable Integer sipStatus,
    @JsonProperty("call_termination_by") @Nullable String terminationBy,
    @JsonProperty("account_sid") @Nullable String accountSid,
    @JsonProperty("application_sid") @Nullable String applicationSid,
    @JsonProperty("originating_sip_trunk_name") @Nullable String carrier,
    @JsonProperty("parent_call_sid") @Nullable String parentCallSid,
    @JsonProperty("fs_sip_address") @Nullable String featureServer,
    @JsonProperty("dial_call_status") @Nullable String dialCallStatus,
    @JsonProperty("dial_sip_status") @Nullable Integer dialSipStatus,
    @JsonProperty("dial_call_sid") @Nullable String dialCallSid,
    @Nullable Integer duration,
    @JsonProperty("refer_details") @Nullable Object referDetails,
    @JsonProperty("refer_status") @Nullable String referStatus,
    @JsonProperty("final_referred_call_status") @Nullable String finalReferStatus,
    @JsonProperty("queue_sid") @Nullable String queueSid,
    @JsonProperty("dequeue_result") @Nullable String dequeueResult,
    @JsonProperty("conference_sid") @Nullable String conferenceSid,
    @JsonProperty("customerData") @Nullable LegTag tag,
    @Nullable String event,
    @JsonProperty("env_vars") Map<String, Object> environment,
    @Nullable Object defaults,
    @Nullable Sip sip) {

  CallHook {
    environment = environment == null ? Map.of() : environment;
  }

  /**
   * The INVITE.
   *
   * @param headers standard names in lower case, {@code X-} names as the carrier wrote them
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Sip(@Nullable Map<String, Object> headers) {}

  /** What this hook tells of. */
  HookKind kind() {
    return HookKind.of(this);
  }

  /** Whether a dial ended without a talk. */
  public boolean isFailedDial() {
    return dialCallStatus != null && !dialCallStatus.equals("completed");
  }

  /** Whether Jambonz waits for the verbs of a new call. */
  public boolean isNewCall() {
    return kind() == HookKind.NEW_CALL;
  }

  /** A header of the INVITE, however its name is written; null when there is none. */
  @Nullable String sipHeader(String name) {
    if (sip == null || sip.headers() == null) {
      return null;
    }
    return sip.headers().entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .findFirst()
        .orElse(null);
  }

  /**
   * Whether a caller left for whom LiveKit was asked to ring back: its leg may be there, or still
   * come. After a talk it is gone by itself, and so is the room.
   */
  public boolean isGoneWhileWaiting() {
    return tag != null
        && tag.isCaller()
        && conferenceSid == null
        && isLegOver()
        && "caller".equals(terminationBy);
  }

  /** Whether a caller began the conference in which LiveKit's leg was to be. */
  public boolean isAloneInConference() {
    return tag != null && tag.isCaller() && conferenceSid != null && "start".equals(event);
  }

  /** Whether it tells the state of a caller's leg, or of one that was dialled for him. */
  boolean isOfCallersSide() {
    boolean ofLiveKit =
        (tag != null && !tag.isCaller()) || (to != null && to.startsWith(RingBack.USER));
    return !ofLiveKit && dialCallStatus == null && conferenceSid == null;
  }

  /**
   * The call that is over by this, null for none: its caller's own leg is, or, of a call that we
   * placed, LiveKit's or the person's.
   */
  public @Nullable String getOverCallSid() {
    if (!isLegOver() || dialCallStatus != null || conferenceSid != null) {
      return null;
    }
    if (tag != null && (tag.isPlaced() || tag.isPerson())) {
      return tag.callSid();
    }
    return isOfCallersSide() && parentCallSid == null ? callSid : null;
  }

  /** The leg's state in Jambonz's words; empty when the hook does not tell it. */
  String legStatus() {
    return callStatus == null ? "" : callStatus;
  }

  /** The leg's SIP code; 0 when the hook does not tell it. */
  int sipCode() {
    return sipStatus == null ? 0 : sipStatus;
  }

  /** The SIP code by which the dial ended; 0 when the hook does not tell it. */
  int dialSipCode() {
    return dialSipStatus == null ? 0 : dialSipStatus;
  }

  /** Whether the caller talked to somebody until now, at the end of a dial or a conference. */
  boolean isAfterTalk() {
    return dialCallStatus == null ? isAnswered() : dialCallStatus.equals("completed");
  }

  /** Whether the leg that the hook tells of is over. */
  boolean isLegOver() {
    return callStatus != null && LegStatus.isOver(callStatus);
  }

  /** Whether the caller's carrier connected him to somebody else. */
  public boolean isReferred() {
    return finalReferStatus != null && finalReferStatus.startsWith("2");
  }

  /** Whether it is certain that the caller's carrier calls nobody for him. */
  public boolean isReferRefused() {
    return isFailure(referStatus) || isFailure(finalReferStatus);
  }

  private static boolean isFailure(@Nullable String sipStatus) {
    return sipStatus != null && sipStatus.matches("[3-6]\\d\\d");
  }

  /** Whether the caller's own leg was answered, so that it can no longer be declined. */
  boolean isAnswered() {
    return "in-progress".equals(callStatus);
  }

  /** Whether a dial ended and its caller still waits for something: he had no talk and is there. */
  boolean isWaitingAfterDial() {
    return isFailedDial() && isCallerThere();
  }

  /** Whether the caller's leg is still up. */
  boolean isCallerThere() {
    return terminationBy == null && ("trying".equals(callStatus) || isAnswered());
  }

  /** Fit for logs. */
  @Override
  public String toString() {
    return kind().words() + " " + callSid;
  }
}
