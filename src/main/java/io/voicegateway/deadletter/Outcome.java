package io.voicegateway.deadletter;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of an operator's wish for a letter.
 *
 * @param words what was done
 * @param error why it was not, and what to do
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Outcome(String id, Result result, @Nullable String words, @Nullable String error) {

  private static final int OK = 200;

  static Outcome done(String id, Result result, String words) {
    return new Outcome(id, result, words, null);
  }

  static Outcome undone(String id, Result result, String error) {
    return new Outcome(id, result, null, error);
  }

  /** Whether the letter is as the operator wants it. */
  @JsonIgnore
  public boolean isDone() {
    return error == null;
  }

  /** HTTP's. */
  int status() {
    return isDone() ? OK : result.status;
  }

  /** In one word. */
  public enum Result {
    REPLAYED(OK),
    /** Before, so that nothing was done now. */
    ALREADY_REPLAYED(OK),
    DISCARDED(OK),
    /** Before. */
    ALREADY_DISCARDED(409),
    /** Tried in vain: the letter has one attempt more. */
    FAILED(502),
    /** Not tried, as it cannot be done any more or not now. */
    REFUSED(409),
    /** Somebody else is at it. */
    BUSY(409),
    UNKNOWN(404);

    private final int status;

    Result(int status) {
      this.status = status;
    }

    /** The name that users see. */
    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What became of many.
   *
   * @param stopped whether so many failed in a row that the cause is not gone
   * @param next the id after which there are more, null when these were all
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record All(
      int done, int undone, boolean stopped, List<Outcome> outcomes, @Nullable String next) {}
}
