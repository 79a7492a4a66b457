package io.voicegateway.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.function.Consumer;

/** Judges calls from what was written down of them, without any account. */
public final class OfflineDoctor {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private OfflineDoctor() {}

  /**
   * One judgement for each case that can be read.
   *
   * @param json a case or a list of cases, each with {@code trunks}, {@code rules}, {@code invite}
   * @param unreadable is given a sentence for each other one
   * @param unknown is given a sentence for each key that nobody reads
   * @throws IllegalArgumentException with a sentence that says what is wrong with the whole
   */
  public static List<Judgement> judge(
      String json, Consumer<String> unreadable, Consumer<String> unknown) {
    try {
      return RoutingCase.all(JSON.readTree(json), unreadable, unknown).stream()
          .map(Judgement::of)
          .toList();
    } catch (MismatchedInputException more) {
      throw new IllegalArgumentException(
          "there is something behind the first JSON value: put several cases into a list", more);
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(
          "not JSON: line %d, column %d"
              .formatted(wrong.getLocation().getLineNr(), wrong.getLocation().getColumnNr()),
          wrong);
    }
  }
}
