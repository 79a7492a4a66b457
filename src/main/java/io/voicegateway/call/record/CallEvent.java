package io.voicegateway.call.record;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.voicegateway.call.Call;
import io.voicegateway.call.Rung;
import io.voicegateway.call.TurnedAway.Reason;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was heard of a call. Events arrive doubled, late, in any order, or never: what a
 * call's record says follows from the set of them, and {@link #key()} tells what was heard twice.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(value = CallEvent.Received.class, name = "received"),
  @JsonSubTypes.Type(value = CallEvent.Registered.class, name = "registered"),
  @JsonSubTypes.Type(value = CallEvent.NotRegistered.class, name = "not-registered"),
  @JsonSubTypes.Type(value = CallEvent.TurnedAway.class, name = "turned-away"),
  @JsonSubTypes.Type(value = CallEvent.Answered.class, name = "answered"),
  @JsonSubTypes.Type(value = CallEvent.Leg.class, name = "leg"),
  @JsonSubTypes.Type(value = CallEvent.DialEnded.class, name = "dial-ended"),
  @JsonSubTypes.Type(value = CallEvent.Placed.class, name = "placed"),
  @JsonSubTypes.Type(value = CallEvent.PersonAnswered.class, name = "person-answered"),
  @JsonSubTypes.Type(value = CallEvent.NotPlaced.class, name = "not-placed"),
  @JsonSubTypes.Type(value = CallEvent.Invited.class, name = "invited"),
  @JsonSubTypes.Type(value = CallEvent.InviteEnded.class, name = "invite-ended"),
  @JsonSubTypes.Type(value = CallEvent.RangBack.class, name = "rang-back"),
  @JsonSubTypes.Type(value = CallEvent.NotRungBack.class, name = "not-rung-back"),
  @JsonSubTypes.Type(value = CallEvent.Joined.class, name = "joined"),
  @JsonSubTypes.Type(value = CallEvent.LegArrived.class, name = "leg-arrived"),
  @JsonSubTypes.Type(value = CallEvent.InRoom.class, name = "room"),
  @JsonSubTypes.Type(value = CallEvent.Looked.class, name = "looked"),
  @JsonSubTypes.Type(value = CallEvent.Rescued.class, name = "rescued"),
  @JsonSubTypes.Type(value = CallEvent.LeftAlone.class, name = "left-alone"),
  @JsonSubTypes.Type(value = CallEvent.TransferBegun.class, name = "transfer-begun"),
  @JsonSubTypes.Type(value = CallEvent.TransferRefused.class, name = "transfer-refused"),
  @JsonSubTypes.Type(value = CallEvent.Referred.class, name = "referred"),
  @JsonSubTypes.Type(value = CallEvent.HungUp.class, name = "hung-up"),
  @JsonSubTypes.Type(value = CallEvent.Lost.class, name = "lost"),
})
public sealed interface CallEvent {

  /** Jambonz's id of the caller's leg. */
  String callSid();

  /** When we heard of it: Jambonz's hooks carry no time, LiveKit's only whole seconds. */
  Instant at();

  /** What it is, unique within the call: the same thing heard again has the same key. */
  @JsonIgnore
  String key();

  /** What kind of event it is, as programs see it: {@code dial-ended}. */
  @JsonIgnore
  default String name() {
    return getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
        .toLowerCase(Locale.ROOT);
  }

  /** What happened, in words fit for logs. */
  @JsonIgnore
  String words();

  /**
   * The call hook asked what to do.
   *
   * @param from the caller's number as it is passed on
   * @param to the called number
   * @param direction inbound or outbound
   * @param longestSeconds how long the talk may last, 0 for any time
   * @param project in whose LiveKit it shall be; null where there is one only
   * @param plan the number plan's entry that decided, masked; null in events of old
   * @param agentSetBy who named the agent; null in events of old
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Received(
      String callSid,
      Instant at,
      String from,
      String to,
      String direction,
      String agent,
      int longestSeconds,
      @Nullable String project,
      @Nullable String plan,
      @Nullable String agentSetBy)
      implements CallEvent {

    /** Of a gateway with one project. */
    public Received(
        String callSid,
        Instant at,
        String from,
        String to,
        String direction,
        String agent,
        int longestSeconds) {
      this(callSid, at, from, to, direction, agent, longestSeconds, null, null, null);
    }

    /** What is told of a call in the beginning. */
    public static Received of(Call call, Instant at) {
      return new Received(
          call.sid(),
          at,
          call.from().number(),
          call.to().number(),
          call.direction().name().toLowerCase(Locale.ROOT),
          call.plan().agent(),
          call.plan().longestSeconds(),
          call.plan().project(),
          call.plan().label(),
          call.plan().agentSetBy());
    }

    @Override
    public String key() {
      return "received";
    }

    @Override
    public String words() {
      return direction + " call for agent " + agent;
    }
  }

  /**
   * LiveKit made the room. A call may come back to a project in which it was before.
   *
   * @param millis how long that took
   * @param project whose LiveKit; null where there is one only
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Registered(String callSid, Instant at, long millis, @Nullable String project)
      implements CallEvent {

    /** Of a gateway with one project. */
    public Registered(String callSid, Instant at, long millis) {
      this(callSid, at, millis, null);
    }

    @Override
    public String key() {
      return "registered:" + at;
    }

    @Override
    public String words() {
      return "registered with LiveKit%s in %d ms"
          .formatted(project == null ? "" : " of project " + project, millis);
    }
  }

  /**
   * The call's room could not be made.
   *
   * @param why fit for logs
   */
  record NotRegistered(String callSid, Instant at, String why) implements CallEvent {
    @Override
    public String key() {
      return "not-registered";
    }

    @Override
    public String words() {
      return why;
    }
  }

  /** The call could not go to an agent at that time. */
  record TurnedAway(String callSid, Instant at, Reason reason) implements CallEvent {
    @Override
    public String key() {
      return "turned-away";
    }

    @Override
    public String words() {
      return "turned away: " + reason.words();
    }
  }

  /**
   * The call hook was answered.
   *
   * @param rung {@link Rung#ROOM}, {@link Rung#BY_NUMBER} or the label of the ladder's rung
   * @param dials whether the verbs dial somebody
   * @param millis from the hook to its answer
   */
  record Answered(String callSid, Instant at, String rung, boolean dials, long millis)
      implements CallEvent {

    /** Earlier versions wrote the verb's name; their only dial at first was into the room. */
    public Answered {
      rung = rung.equals("dial") ? Rung.ROOM : rung;
    }

    @Override
    public String key() {
      return "answered";
    }

    @Override
    public String words() {
      return "answered with " + rung + " after " + millis + " ms";
    }
  }

  /**
   * A leg changed its state. LiveKit rings once a second and Jambonz tells each time: the first
   * counts.
   *
   * @param sid the leg's own id
   * @param far false for the caller's leg, true for one that was dialled
   * @param status Jambonz's call_status
   * @param by call_termination_by: caller or jambonz
   * @param seconds duration of a completed leg
   */
  record Leg(
      String callSid,
      Instant at,
      String sid,
      boolean far,
      String status,
      int sip,
      @Nullable String by,
      @Nullable Integer seconds)
      implements CallEvent {
    @Override
    public String key() {
      return "leg:" + sid + ":" + status;
    }

    @Override
    public String words() {
      return (far ? "far leg " : "caller's leg ") + status + " (" + sip + ")";
    }
  }

  /**
   * A dial ended.
   *
   * @param rung what was dialled, as in {@link Answered}; the room where that is not known, because
   *     every call begins with it
   * @param dialSid the leg that was dialled; null when Jambonz names none
   * @param status dial_call_status
   * @param sip dial_sip_status, 0 if there is none
   * @param callerStatus state of the caller's leg at that moment
   * @param by who ended the caller's leg, null while it is there
   * @param next the label of the rung that was answered, empty for none
   * @param dials whether that rung dials somebody
   */
  record DialEnded(
      String callSid,
      Instant at,
      String rung,
      @Nullable String dialSid,
      String status,
      int sip,
      String callerStatus,
      @Nullable String by,
      String next,
      boolean dials)
      implements CallEvent {

    public DialEnded {
      rung = rung == null ? Rung.ROOM : rung;
    }

    /** The key of the end of the dial to that leg, or of that ring-back. */
    public static String key(@Nullable String dialSid) {
      return "dial:" + dialSid;
    }

    @Override
    public String key() {
      return key(dialSid);
    }

    @Override
    public String words() {
      String then = next.isEmpty() ? "" : ", next " + next;
      return "dial (" + rung + ") ended: " + status + " (" + sip + ")" + then;
    }
  }

  /**
   * LiveKit was asked to call a person.
   *
   * @param person masked
   */
  record Placed(String callSid, Instant at, String person) implements CallEvent {
    @Override
    public String key() {
      return "placed";
    }

    @Override
    public String words() {
      return "LiveKit was asked to call " + person;
    }
  }

  /**
   * The person for whom the call was placed answered.
   *
   * @param millis since the request to LiveKit
   */
  record PersonAnswered(String callSid, Instant at, long millis) implements CallEvent {
    @Override
    public String key() {
      return "person-answered";
    }

    @Override
    public String words() {
      return "the person answered after " + millis + " ms";
    }
  }

  /**
   * LiveKit's call did not reach its end.
   *
   * @param sip what Jambonz answered to it, 0 when LiveKit did not call
   * @param why fit for logs
   */
  record NotPlaced(String callSid, Instant at, int sip, String why) implements CallEvent {
    @Override
    public String key() {
      return "not-placed";
    }

    @Override
    public String words() {
      return why;
    }
  }

  /**
   * Somebody is called into the talk.
   *
   * @param person masked
   */
  record Invited(String callSid, Instant at, String attempt, String person) implements CallEvent {
    /** How the keys of all invitations begin. */
    public static final String KEYS = "invited:";

    @Override
    public String key() {
      return KEYS + attempt;
    }

    @Override
    public String words() {
      return person + " is called into the room";
    }
  }

  /**
   * What became of that.
   *
   * @param outcome answered, busy, no_answer, refused or failed
   */
  record InviteEnded(
      String callSid, Instant at, String attempt, String person, String outcome, int sip)
      implements CallEvent {
    @Override
    public String key() {
      return "invite-ended:" + attempt;
    }

    @Override
    public String words() {
      return person + ": " + outcome + (sip == 0 ? "" : " (" + sip + ")");
    }
  }

  /**
   * LiveKit rang back and Jambonz answered.
   *
   * @param millis from the request to that answer
   */
  record RangBack(String callSid, Instant at, String attempt, long millis) implements CallEvent {
    @Override
    public String key() {
      return "rang-back:" + attempt;
    }

    @Override
    public String words() {
      return "LiveKit rang back, answered after " + millis + " ms";
    }
  }

  /**
   * LiveKit did not ring back although the room was there.
   *
   * @param sip what Jambonz answered to its call, 0 when LiveKit did not call
   * @param called whether LiveKit called
   * @param why fit for logs
   */
  record NotRungBack(
      String callSid, Instant at, String attempt, int sip, boolean called, String why)
      implements CallEvent {
    @Override
    public String key() {
      return "not-rung-back:" + attempt;
    }

    @Override
    public String words() {
      return why;
    }
  }

  /** The caller was sent to the leg by which LiveKit rang back. */
  record Joined(String callSid, Instant at, String attempt) implements CallEvent {
    /** The key of the caller's joining in that attempt. */
    public static String key(String attempt) {
      return "joined:" + attempt;
    }

    @Override
    public String key() {
      return key(attempt);
    }

    @Override
    public String words() {
      return "the caller joins the leg by which LiveKit rang back";
    }
  }

  /** The leg by which LiveKit rings back reached Jambonz. */
  record LegArrived(String callSid, Instant at, String attempt) implements CallEvent {
    @Override
    public String key() {
      return "leg-arrived:" + attempt;
    }

    @Override
    public String words() {
      return "LiveKit's leg reached Jambonz";
    }
  }

  /**
   * LiveKit told something of the call's room.
   *
   * @param id LiveKit's id of the event
   * @param reason why a participant left, empty otherwise
   * @param project whose LiveKit; null where that is one only, or cannot be told
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record InRoom(
      String callSid,
      Instant at,
      String id,
      RoomEvent what,
      String identity,
      String reason,
      @Nullable String project)
      implements CallEvent {

    /** Of a gateway with one project. */
    public InRoom(
        String callSid, Instant at, String id, RoomEvent what, String identity, String reason) {
      this(callSid, at, id, what, identity, reason, null);
    }

    @Override
    public String key() {
      return "livekit:" + id;
    }

    @Override
    public String words() {
      return what.words()
          + (reason.isEmpty() ? "" : " (" + reason + ")")
          + (project == null ? "" : ", project " + project);
    }
  }

  /** A look at LiveKit after a dial that failed. */
  record Looked(String callSid, Instant at, Finding finding) implements CallEvent {
    @Override
    public String key() {
      return "looked:" + finding;
    }

    @Override
    public String words() {
      return "LiveKit shows: " + finding.words();
    }
  }

  /**
   * Another agent was asked to come, because nobody could be heard.
   *
   * @param agent who was asked
   * @param why fit for logs
   */
  record Rescued(String callSid, Instant at, String agent, String why) implements CallEvent {
    @Override
    public String key() {
      return "rescued:" + at;
    }

    @Override
    public String words() {
      return "agent " + agent + " was asked to come: " + why;
    }
  }

  /** The caller was alone, nobody came to help, and the room was ended. */
  record LeftAlone(String callSid, Instant at) implements CallEvent {
    public static final String KEY = "left-alone";

    @Override
    public String key() {
      return KEY;
    }

    @Override
    public String words() {
      return "the caller was alone and nobody came: the room was ended";
    }
  }

  /**
   * An agent hands its caller on, and Jambonz was told so. Whether the person answers is told by
   * the end of the dial to him.
   *
   * @param rung the label of the rung on which the person is
   * @param by REFER or HTTP
   * @param leg the leg to the agent that ends by it; null when that is not known
   */
  record TransferBegun(String callSid, Instant at, String rung, String by, @Nullable String leg)
      implements CallEvent {
    @Override
    public String key() {
      return "transfer:" + (leg == null ? at : leg);
    }

    @Override
    public String words() {
      return "Jambonz took a transfer by " + by + ": " + rung;
    }
  }

  /**
   * A transfer was not done.
   *
   * @param target masked, empty when it could not be read
   * @param why fit for logs
   */
  record TransferRefused(String callSid, Instant at, String target, String why)
      implements CallEvent {
    @Override
    public String key() {
      return "transfer-refused:" + at;
    }

    @Override
    public String words() {
      return "transfer" + (target.isEmpty() ? "" : " to " + target) + " refused: " + why;
    }
  }

  /**
   * The caller's carrier was asked to connect him to a person.
   *
   * @param rung as in {@link TransferBegun}
   * @param answer what it answered
   * @param outcome what it told of the person, 0 for nothing
   */
  record Referred(String callSid, Instant at, String rung, int answer, int outcome)
      implements CallEvent {

    /** Whether the person is on the line. */
    boolean isDone() {
      return outcome / 100 == 2;
    }

    @Override
    public String key() {
      return "referred:" + at;
    }

    @Override
    public String words() {
      return "the carrier answered "
          + answer
          + " to "
          + rung
          + (outcome == 0 ? "" : ", then told " + outcome);
    }
  }

  /** An operator ended the call. */
  record HungUp(String callSid, Instant at) implements CallEvent {
    @Override
    public String key() {
      return "hung-up";
    }

    @Override
    public String words() {
      return "hung up by an operator";
    }
  }

  /** The end never came; the sweep found nobody in the room any more. */
  record Lost(String callSid, Instant at) implements CallEvent {
    @Override
    public String key() {
      return "lost";
    }

    @Override
    public String words() {
      return "no event told of the end";
    }
  }
}
