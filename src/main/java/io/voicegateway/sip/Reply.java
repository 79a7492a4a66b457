package io.voicegateway.sip;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Our answer to a request of the other side: a BYE is fine, anything else is not done here. */
final class Reply {

  private static final List<String> COPIED = List.of("Via", "From", "To", "Call-ID", "CSeq");

  private Reply() {}

  static byte[] to(SipMessage request) {
    List<String> lines = new ArrayList<>();
    lines.add(request.method().equals("BYE") ? "SIP/2.0 200 OK" : "SIP/2.0 501 Not Implemented");
    for (String name : COPIED) {
      request.all(name.toLowerCase(Locale.ROOT)).forEach(value -> lines.add(name + ": " + value));
    }
    lines.add("Content-Length: 0");
    String text = String.join(Requests.LINE_END, lines) + Requests.LINE_END + Requests.LINE_END;
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
