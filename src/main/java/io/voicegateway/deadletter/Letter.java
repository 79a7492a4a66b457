package io.voicegateway.deadletter;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What could not be done, why, and the bytes that asked for it.
 *
 * @param id begins with the time, so that ids are in the order of time
 * @param route where it failed
 * @param step the id of the step that failed
 * @param cause a sentence, fit for logs
 * @param body the original text, null when it is no UTF-8
 * @param bytes the original bytes in base64, null when the text says it all
 * @param entry the route by which it came in; null in letters of old
 * @param project in whose LiveKit it is, null when nobody knew
 * @param unreadable whether nobody can understand the original
 * @param attempts how often it was replayed
 * @param handled what was done with it, the last times
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Letter(
    String id,
    String time,
    @Nullable String route,
    @Nullable String step,
    String cause,
    @Nullable String callSid,
    @Nullable String contentType,
    @Nullable String body,
    @JsonProperty("body_base64") @Nullable String bytes,
    @Nullable String entry,
    @Nullable String project,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean unreadable,
    State state,
    int attempts,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Handling> handled) {

  private static final int MOST_HANDLED = 20;

  public Letter {
    state = Objects.requireNonNullElse(state, State.WAITING);
    handled = handled == null ? List.of() : List.copyOf(handled);
  }

  /** What became of a letter. */
  public enum State {
    /** It can be replayed or discarded. */
    WAITING,
    /** What it asked for was done. */
    REPLAYED,
    /** An operator gave it up. */
    DISCARDED;

    /** The name that users see. */
    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static State of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * What somebody did with it.
   *
   * @param outcome replayed, failed or discarded
   * @param cause why it failed again
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Handling(String at, String by, String outcome, @Nullable String cause) {}

  /** When it failed. */
  @JsonIgnore
  public Instant at() {
    return Instant.parse(time);
  }

  /** What went wrong, for the log. */
  String failed() {
    return "call=%s %s failed at %s: %s"
        .formatted(callSid == null ? "unknown" : callSid, route, step, cause);
  }

  /** The original bytes. */
  @JsonIgnore
  public byte[] original() {
    if (bytes != null) {
      return Base64.getDecoder().decode(bytes);
    }
    return body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
  }

  /** The same without the original, for lists. */
  public Letter withoutOriginal() {
    return with(null, null, state, attempts, handled);
  }

  /** The same with its original. */
  public Letter withOriginal(@Nullable String text, @Nullable String base64) {
    return with(text, base64, state, attempts, handled);
  }

  /** The same after it was replayed with success. */
  Letter replayed(Instant now, String by) {
    return tried(State.REPLAYED, new Handling(now.toString(), by, State.REPLAYED.word(), null));
  }

  /** The same after it was replayed in vain. */
  Letter failedAgain(Instant now, String by, String why) {
    return tried(state, new Handling(now.toString(), by, "failed", why));
  }

  /** The same once it was given up: nobody needs the original any more. */
  Letter discarded(Instant now, String by) {
    Handling last = new Handling(now.toString(), by, State.DISCARDED.word(), null);
    return with(null, null, State.DISCARDED, attempts, handledAnd(last));
  }

  private Letter tried(State next, Handling attempt) {
    return with(body, bytes, next, attempts + 1, handledAnd(attempt));
  }

  private List<Handling> handledAnd(Handling last) {
    List<Handling> all = new ArrayList<>(handled);
    all.add(last);
    return all.subList(Math.max(0, all.size() - MOST_HANDLED), all.size());
  }

  private Letter with(
      @Nullable String text,
      @Nullable String base64,
      State next,
      int tries,
      List<Handling> handlings) {
    return new Letter(
        id,
        time,
        route,
        step,
        cause,
        callSid,
        contentType,
        text,
        base64,
        entry,
        project,
        unreadable,
        next,
        tries,
        handlings);
  }
}
