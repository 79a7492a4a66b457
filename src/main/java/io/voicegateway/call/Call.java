package io.voicegateway.call;

import io.voicegateway.project.Project;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One phone call on its way to an agent.
 *
 * @param sid Jambonz's {@code call_sid}; every other name of the call is made from it
 * @param direction who called whom
 * @param from the calling party
 * @param to the called party
 * @param plan what the number plan says for this call
 * @param origin where it came from
 * @param since when its caller began to wait; null when that is not known
 */
public record Call(
    String sid,
    Direction direction,
    Party from,
    Party to,
    PlanEntry plan,
    Origin origin,
    @Nullable Instant since) {

  /** A call for which nobody is known to wait. */
  public Call(
      String sid, Direction direction, Party from, Party to, PlanEntry plan, Origin origin) {
    this(sid, direction, from, to, plan, origin, null);
  }

  /** Whether the phone called us, or we called the phone. */
  public enum Direction {
    INBOUND,
    OUTBOUND
  }

  /**
   * Where the call came from, for the agent.
   *
   * @param callerName display name without its quotes, empty if there is none
   * @param carrier Jambonz's name of the trunk, null for a registered device
   * @param headers the caller's {@code X-} headers
   * @param environment the Jambonz application's environment variables
   */
  public record Origin(
      String callerName,
      @Nullable String carrier,
      @Nullable String accountSid,
      @Nullable String applicationSid,
      Map<String, String> headers,
      Map<String, Object> environment) {}

  /** Safe in a SIP address, a room name, a file name and a log line. */
  private static final Pattern SID = Pattern.compile("[A-Za-z0-9_-]{1,128}");

  private static final String ROOM = "call-";

  /** How the ids of calls begin that the doctor places: nobody's calls. */
  public static final String OF_DOCTOR = "doctor-";

  /** The name of the project in whose LiveKit it is, or shall be. */
  public String project() {
    return plan.project() == null ? Project.STANDARD : plan.project();
  }

  /** The same call in another project. */
  public Call in(Project project) {
    return new Call(sid, direction, from, to, plan.in(project), origin, since);
  }

  /** A call of which nothing could be read, so that its caller still gets an answer. */
  public static Call unknown(PlanEntry plan) {
    Party nobody = new Party("", null);
    Origin nowhere = new Origin("", null, null, null, Map.of(), Map.of());
    return new Call("unknown", Direction.INBOUND, nobody, nobody, plan, nowhere);
  }

  /** Whether a text can be a call's id. */
  public static boolean isSid(String text) {
    return SID.matcher(text).matches();
  }

  /** The id of the call whose room has that name; null when it is no call's room. */
  public static @Nullable String sidOfRoom(String room) {
    String sid = room.startsWith(ROOM) ? room.substring(ROOM.length()) : "";
    return isSid(sid) ? sid : null;
  }

  /** The room of the call with that id. */
  public static String roomOf(String sid) {
    return ROOM + sid;
  }

  /**
   * The room, which is also the user part of the SIP address that is dialled: LiveKit's callee rule
   * maps one to the other.
   */
  public String room() {
    return roomOf(sid);
  }

  /** Who called whom, as it was received. */
  public Parties parties() {
    return new Parties(direction.name().toLowerCase(Locale.ROOT), from.received(), to.received());
  }

  /** Fit for logs. */
  @Override
  public String toString() {
    return "call " + sid;
  }

  /** The person on the phone: who called us, or whom we called. */
  public Party person() {
    return direction == Direction.INBOUND ? from : to;
  }

  /** Our own number: the one that was called, or from which we called. */
  public Party ownNumber() {
    return direction == Direction.INBOUND ? to : from;
  }
}
