package io.voicegateway.sip;

import java.util.List;
import java.util.stream.Stream;

/** A request as the scripted server got it. */
public record HeardRequest(String text) {

  String method() {
    return text.substring(0, text.indexOf(' '));
  }

  public String uri() {
    return text.split(" ", 3)[1];
  }

  String header(String name) {
    return headers(name).findFirst().orElse("");
  }

  Stream<String> headers(String name) {
    return text.lines()
        .takeWhile(line -> !line.isEmpty())
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2));
  }

  String body() {
    return text.substring(text.indexOf("\r\n\r\n") + 4);
  }

  String branch() {
    return header("Via").replaceFirst(".*branch=", "");
  }

  /** An answer with all that must be copied, and the lines given beside it. */
  String answer(String status, String... more) {
    StringBuilder answer = new StringBuilder("SIP/2.0 " + status + "\r\n");
    for (String name : List.of("Via", "From", "Call-ID", "CSeq")) {
      headers(name).forEach(value -> answer.append(name).append(": ").append(value).append("\r\n"));
    }
    String tag = status.startsWith("100") ? "" : ";tag=there";
    answer.append("To: ").append(header("To").replaceFirst(";tag=.*", "")).append(tag);
    answer.append("\r\n");
    Stream.of(more).forEach(line -> answer.append(line).append("\r\n"));
    return answer.append("Content-Length: 0\r\n\r\n").toString();
  }
}
