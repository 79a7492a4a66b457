package io.voicegateway.sip;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Cuts a stream into messages, wherever the pieces in which it comes may end. */
final class Frames {

  private static final int LONGEST_HEAD = 16_384;

  private byte[] held = new byte[0];
  private int bodyLeft;

  void add(byte[] piece, int length) {
    int kept = held.length;
    held = Arrays.copyOf(held, kept + length);
    System.arraycopy(piece, 0, held, kept, length);
  }

  /** The next message, as soon as its head is complete; its body is passed over. */
  Optional<SipMessage> next() throws UnreadableMessage {
    int end = nextHead();
    if (end == 0) {
      return Optional.empty();
    }
    SipMessage message = SipMessage.parse(text(end));
    bodyLeft = message.contentLength();
    drop(end);
    return Optional.of(message);
  }

  /** Whether the stream may end here, or ended in the middle of a message. */
  boolean isSip() {
    return held.length == 0 || text(held.length).startsWith("SIP/2.0 ");
  }

  /**
   * Where the next head ends, 0 when it is not complete. The first line is looked at as soon as it
   * is there: of other protocols more than a line may never come.
   */
  private int nextHead() throws UnreadableMessage {
    dropBodyAndLineEnds();
    int line = lineEnd(0);
    if (line > 0) {
      SipMessage.Start.parse(text(line).stripTrailing());
    }
    for (int end = line; end > 0; end = lineEnd(end)) {
      if (isBlankLine(end)) {
        return end;
      }
    }
    if (held.length > LONGEST_HEAD) {
      throw new UnreadableMessage("the head does not end");
    }
    return 0;
  }

  private void dropBodyAndLineEnds() {
    int body = Math.min(bodyLeft, held.length);
    bodyLeft -= body;
    int from = body;
    while (from < held.length && (held[from] == '\r' || held[from] == '\n')) {
      from++;
    }
    drop(from);
  }

  private void drop(int bytes) {
    held = Arrays.copyOfRange(held, bytes, held.length);
  }

  /** Behind the next line feed, 0 when there is none. */
  private int lineEnd(int from) {
    for (int i = from; i < held.length; i++) {
      if (held[i] == '\n') {
        return i + 1;
      }
    }
    return 0;
  }

  private boolean isBlankLine(int end) {
    int before = end >= 2 && held[end - 2] == '\r' ? end - 3 : end - 2;
    return before >= 0 && held[before] == '\n';
  }

  private String text(int end) {
    return new String(held, 0, end, StandardCharsets.UTF_8);
  }
}
