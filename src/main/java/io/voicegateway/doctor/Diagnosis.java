package io.voicegateway.doctor;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Objects;

/**
 * One line of the doctor's. Its texts are fit for everybody: no secrets, numbers masked.
 *
 * @param check what was looked at
 * @param words what was found
 * @param advice what to do about it, empty if nothing
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Diagnosis(Level level, String check, String words, String advice) {

  /** One that was kept without advice has none. */
  public Diagnosis {
    advice = Objects.requireNonNullElse(advice, "");
  }

  /** How bad it is. */
  public enum Level {
    OK,
    /** It could not be looked at, or was not asked for. */
    SKIPPED,
    /** Calls work, but not as well or as safely as they could. */
    WARNING,
    /** Calls fail. */
    PROBLEM;

    /** The name that users see. */
    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static Diagnosis ok(String check, String words) {
    return new Diagnosis(Level.OK, check, words, "");
  }

  public static Diagnosis skipped(String check, String words) {
    return new Diagnosis(Level.SKIPPED, check, words, "");
  }

  public static Diagnosis warning(String check, String words, String advice) {
    return new Diagnosis(Level.WARNING, check, words, advice);
  }

  public static Diagnosis problem(String check, String words, String advice) {
    return new Diagnosis(Level.PROBLEM, check, words, advice);
  }
}
