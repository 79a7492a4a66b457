package io.voicegateway.call;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One step of a {@link Ladder}: what a caller gets when the way before it did not work. Its text is
 * what {@link RungText#parse} reads.
 */
public sealed interface Rung {

  /** Dial LiveKit although its API did not answer: the dispatch rule's own agent takes the call. */
  record DialAnyway() implements Rung {
    @Override
    public String toString() {
      return ANYWAY;
    }
  }

  /** Let LiveKit ring back, and join that leg to the caller. */
  record Callback() implements Rung {
    @Override
    public String toString() {
      return CALLBACK;
    }
  }

  /**
   * Register the call again and dial its room: back to its agent when he is still there, else to a
   * new one.
   */
  record Agent() implements Rung {
    @Override
    public String toString() {
      return AGENT;
    }
  }

  /**
   * Register the call with another project, and bring it there as its number says.
   *
   * @param project its name
   */
  record InProject(String project) implements Rung {
    @Override
    public String toString() {
      return PROJECT + project;
    }
  }

  /**
   * Dial a person.
   *
   * @param target {@code +E164} or a {@code sip:} address
   */
  record DialPerson(String target) implements Rung {
    /** Whether the target is a SIP address rather than a telephone number. */
    public boolean isSip() {
      return target.startsWith("sip");
    }

    @Override
    public String label() {
      return "dial:" + masked();
    }

    /** The target, fit for records and logs. */
    public String masked() {
      Matcher sip = SIP_PARTS.matcher(target);
      return sip.matches()
          ? sip.group("scheme") + Mask.tail(sip.group("user")) + sip.group("host")
          : Mask.tail(target);
    }

    @Override
    public String toString() {
      return "dial:" + target;
    }
  }

  /**
   * A recorded announcement, played before the call is answered, then a decline.
   *
   * @param sound file name below {@code /sounds/} without its ending
   */
  record Notice(String sound) implements Rung {
    @Override
    public String toString() {
      return sound.equals(USUAL_SOUND) ? "notice" : "notice:" + sound;
    }
  }

  /** A sentence for Jambonz's speech vendor. */
  record Say(String text) implements Rung {
    @Override
    public String label() {
      return "say";
    }

    @Override
    public String toString() {
      return "say:" + text;
    }
  }

  /** A sound from an http(s) address. */
  record Play(String url) implements Rung {
    @Override
    public String label() {
      return "play";
    }

    @Override
    public String toString() {
      return "play:" + url;
    }
  }

  /**
   * Refuse the call.
   *
   * @param code SIP status, 400 to 699
   */
  record Decline(int code) implements Rung {
    @Override
    public String toString() {
      return "decline:" + code;
    }
  }

  /**
   * What a route of the operator's own answers.
   *
   * @param name of the route's {@code direct:} address
   */
  record OperatorsRoute(String name) implements Rung {
    @Override
    public String toString() {
      return "route:" + name;
    }
  }

  /** Whether somebody has to be asked for its verbs. */
  default boolean asksSomebody() {
    return this instanceof OperatorsRoute || this instanceof InProject;
  }

  /** Whether the caller need not wait for anybody on it. */
  default boolean endsAtOnce() {
    return this instanceof Notice
        || this instanceof Say
        || this instanceof Play
        || this instanceof Decline;
  }

  /**
   * Its text as far as it is fit for records and logs: no sentence, no address, no whole number.
   */
  default String label() {
    return toString();
  }

  /** Whether that label names a way to the agent at LiveKit, and not to somebody else. */
  static boolean isToAgent(String label) {
    return label.equals(ROOM)
        || label.equals(BY_NUMBER)
        || label.equals(ANYWAY)
        || label.equals(CALLBACK)
        || label.equals(AGENT)
        || label.startsWith(PROJECT);
  }

  /** Whether that label names the way that a registered call goes first. */
  static boolean isFirstWay(String label) {
    return label.equals(ROOM) || label.equals(BY_NUMBER) || label.equals(CALLBACK);
  }

  /** The label of the way that comes before every ladder: into the room of a registered call. */
  String ROOM = "room";

  /** The label of the old way to LiveKit, by the called number. */
  String BY_NUMBER = "number";

  /** The text of {@link DialAnyway}. */
  String ANYWAY = "dial-anyway";

  /** The text of {@link Callback}. */
  String CALLBACK = "callback";

  /** The text of {@link Agent}. */
  String AGENT = "agent";

  /** How the text of {@link InProject} begins. */
  String PROJECT = "project:";

  /** How the label of a person begins to whom the agent handed his caller on. */
  String TRANSFER = "transfer:";

  /** How a rung begins, as an alternation for regular expressions. */
  String BEGINNING =
      "(?:dial-anyway|callback|agent)\\s*(?:,|$)|dial:|notice\\s*(?:[,:]|$)|say:|play:|decline:|route:|project:";

  /** The announcement that comes with the gateway. */
  String USUAL_SOUND = "notice";

  Pattern SIP_PARTS =
      Pattern.compile("(?<scheme>sips?:)(?<user>[^:@]+)(?::[^@]*)?(?<host>@[^;?]+).*");
}
