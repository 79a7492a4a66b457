package io.voicegateway.call;

import java.util.regex.Pattern;

/** Reads rungs as operators write them. */
final class RungText {

  private static final Pattern NUMBER = Pattern.compile("\\+[1-9]\\d{4,14}");
  private static final Pattern SIP_ADDRESS = Pattern.compile("sips?:[^\\s@<>\"]+@[^\\s@<>\"]+");
  private static final Pattern SOUND = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern PROJECT_NAME = Pattern.compile("[a-z0-9-]{1,32}");
  private static final Pattern ROUTE = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern WEB_ADDRESS = Pattern.compile("https?://[^\\s<>\"]+");
  private static final Pattern SIP_CODE = Pattern.compile("[456]\\d\\d");

  private RungText() {}

  /**
   * Reads one rung.
   *
   * @throws IllegalArgumentException with a sentence that says what a rung looks like
   */
  static Rung parse(String text) {
    String[] parts = text.strip().split(":", 2);
    String rest = parts.length == 2 ? parts[1].strip() : "";
    return switch (parts[0]) {
      case Rung.ANYWAY -> new Rung.DialAnyway();
      case Rung.CALLBACK -> new Rung.Callback();
      case Rung.AGENT -> new Rung.Agent();
      case "dial" -> new Rung.DialPerson(dialTarget(rest));
      case "notice" ->
          new Rung.Notice(rest.isEmpty() ? Rung.USUAL_SOUND : checked(SOUND, rest, text));
      case "say" -> new Rung.Say(sentence(rest, text));
      case "play" -> new Rung.Play(checked(WEB_ADDRESS, rest, text));
      case "project" -> new Rung.InProject(checked(PROJECT_NAME, rest, text));
      case "route" -> new Rung.OperatorsRoute(checked(ROUTE, rest, text));
      case "decline" -> new Rung.Decline(Integer.parseInt(checked(SIP_CODE, rest, text)));
      default -> throw unknown(text);
    };
  }

  private static String dialTarget(String target) {
    if (NUMBER.matcher(target).matches() || SIP_ADDRESS.matcher(target).matches()) {
      return target;
    }
    throw unknown("dial:" + target);
  }

  private static String sentence(String sentence, String text) {
    if (sentence.isEmpty()) {
      throw unknown(text);
    }
    return sentence;
  }

  private static String checked(Pattern form, String value, String text) {
    if (!form.matcher(value).matches()) {
      throw unknown(text);
    }
    return value;
  }

  private static IllegalArgumentException unknown(String text) {
    return new IllegalArgumentException(
        "'"
            + Mask.text(text)
            + "' is no fallback rung; one of dial-anyway, callback, agent, dial:+E164,"
            + " dial:sip:user@host, notice, notice:NAME, say:TEXT, play:URL, decline:CODE (400-699),"
            + " route:NAME, project:NAME");
  }
}
