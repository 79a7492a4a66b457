package io.voicegateway.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of a SIP message; nobody here reads bodies. Lines that are no headers are passed over,
 * as one odd line is no reason to leave an answer unheard.
 *
 * @param start its first line
 */
record SipMessage(Start start, List<Header> headers) {

  static final int LONGEST = 65_536;

  private static final int LONGEST_REASON = 100;
  private static final Pattern STATUS = Pattern.compile("(?i)SIP/2\\.0 +([1-6]\\d\\d)(?: (.*))?");
  private static final Pattern REQUEST = Pattern.compile("([A-Z]+) +\\S+ +SIP/2\\.0 *");
  private static final Pattern BRANCH = Pattern.compile("(?i);\\s*branch\\s*=\\s*([^;,\\s]+)");
  private static final Pattern CSEQ = Pattern.compile("(\\d{1,9})\\s+(\\w+)");
  private static final Pattern DIGITS = Pattern.compile("\\d{1,9}");
  private static final Map<String, String> COMPACT =
      Map.of(
          "v",
          "via",
          "f",
          "from",
          "t",
          "to",
          "i",
          "call-id",
          "m",
          "contact",
          "l",
          "content-length",
          "c",
          "content-type");

  /**
   * A status line or a request line.
   *
   * @param method empty for a response
   * @param code 0 for a request
   */
  record Start(String method, int code, String reason) {

    static Start parse(String line) throws UnreadableMessage {
      Matcher status = STATUS.matcher(line);
      if (status.matches()) {
        return new Start("", Integer.parseInt(status.group(1)), readable(status.group(2)));
      }
      Matcher request = REQUEST.matcher(line);
      if (request.matches()) {
        return new Start(request.group(1), 0, "");
      }
      throw new UnreadableMessage("the first line is not SIP");
    }

    private static String readable(String reason) {
      String text = reason == null ? "" : reason.replaceAll("\\p{Cntrl}", "").strip();
      return text.substring(0, Math.min(text.length(), LONGEST_REASON));
    }
  }

  /**
   * A header line.
   *
   * @param name in small letters and full, where the message had the compact form
   */
  record Header(String name, String value) {}

  /**
   * Reads a message up to its first blank line.
   *
   * @throws UnreadableMessage when it is none
   */
  static SipMessage parse(String text) throws UnreadableMessage {
    if (text.length() > LONGEST) {
      throw new UnreadableMessage("longer than a SIP message may be");
    }
    String[] lines = text.stripLeading().split("\r?\n", -1);
    Start start = Start.parse(lines[0]);
    List<Header> headers = new ArrayList<>();
    for (String line : unfolded(lines)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.add(header(line.substring(0, colon), line.substring(colon + 1)));
      }
    }
    return new SipMessage(start, List.copyOf(headers));
  }

  /** The lines of the head, each one joined with those that go on with it. */
  private static List<String> unfolded(String[] lines) {
    List<StringBuilder> joined = new ArrayList<>();
    for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
      boolean goesOn = lines[i].startsWith(" ") || lines[i].startsWith("\t");
      if (goesOn && !joined.isEmpty()) {
        joined.get(joined.size() - 1).append(' ').append(lines[i].strip());
      } else {
        joined.add(new StringBuilder(lines[i]));
      }
    }
    return joined.stream().map(StringBuilder::toString).toList();
  }

  private static Header header(String name, String value) {
    String small = name.strip().toLowerCase(Locale.ROOT);
    return new Header(
        COMPACT.getOrDefault(small, small), value.replaceAll("\\p{Cntrl}", " ").strip());
  }

  boolean isRequest() {
    return start.code == 0;
  }

  int code() {
    return start.code;
  }

  List<String> all(String name) {
    return headers.stream().filter(header -> header.name.equals(name)).map(Header::value).toList();
  }

  /** The first header of a name, empty when there is none. */
  String header(String name) {
    List<String> values = all(name);
    return values.isEmpty() ? "" : values.get(0);
  }

  /** The method that is asked for or answered. */
  String method() {
    Matcher cseq = CSEQ.matcher(header("cseq"));
    return isRequest() ? start.method : cseq.matches() ? cseq.group(2) : "";
  }

  /** The branch of the topmost Via, by which an answer finds its request. */
  String branch() {
    Matcher branch = BRANCH.matcher(header("via"));
    return branch.find() ? branch.group(1) : "";
  }

  /** How many bytes follow the head. */
  int contentLength() throws UnreadableMessage {
    String length = header("content-length");
    if (length.isEmpty()) {
      return 0;
    }
    if (!DIGITS.matcher(length).matches() || Integer.parseInt(length) > LONGEST) {
      throw new UnreadableMessage("the length of the body is not one");
    }
    return Integer.parseInt(length);
  }
}
