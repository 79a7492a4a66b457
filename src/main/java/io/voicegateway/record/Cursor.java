package io.voicegateway.record;

import io.voicegateway.call.record.CallRecord;
import io.voicegateway.operator.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/** The place in a list of calls after which its next page begins. */
public record Cursor(Instant startedAt, String callSid) {

  /** Behind that call. */
  public static Cursor after(CallRecord call) {
    return new Cursor(call.startedAt(), call.callSid());
  }

  /**
   * Reads what {@link #text()} wrote.
   *
   * @throws Refusal when it is anything else
   */
  public static Cursor parse(String text) {
    try {
      String[] parts =
          new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", 2);
      return new Cursor(Instant.parse(parts[0]), parts[1]);
    } catch (IllegalArgumentException
        | DateTimeException
        | ArrayIndexOutOfBoundsException unreadable) {
      throw new Refusal(400, "before must be the next of an earlier page.");
    }
  }

  /** In the precision of the database's columns, as text for an address. */
  public String text() {
    String place = startedAt.truncatedTo(ChronoUnit.MICROS) + " " + callSid;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(place.getBytes(StandardCharsets.UTF_8));
  }
}
