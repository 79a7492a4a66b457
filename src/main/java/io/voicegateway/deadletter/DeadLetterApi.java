package io.voicegateway.deadletter;

import io.voicegateway.deadletter.Letter.State;
import io.voicegateway.operator.Refusal;
import java.io.UncheckedIOException;
import java.security.Principal;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The dead letters on the management port, for operators. */
@RestController
@RequestMapping("/dead-letters")
final class DeadLetterApi {

  private static final String EVERY_STATE = "all";

  private final LetterDesk desk;
  private final Replays replays;

  DeadLetterApi(LetterDesk desk, Replays replays) {
    this.desk = desk;
    this.replays = replays;
  }

  @GetMapping
  LetterDesk.Listing list(
      @RequestParam(defaultValue = "waiting") String state,
      @RequestParam(required = false) @Nullable String cause,
      @RequestParam(required = false) @Nullable String before,
      @RequestParam(defaultValue = "50") String limit) {
    return desk.list(state(state), cause, before, limit(limit));
  }

  @GetMapping("/{id}")
  LetterDesk.Shown show(
      @PathVariable String id, @RequestParam(required = false) @Nullable String full) {
    return desk.show(id, "true".equals(full))
        .orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND.value(), Replays.UNKNOWN));
  }

  @PostMapping("/{id}/replay")
  ResponseEntity<Outcome> replay(@PathVariable String id, Principal operator) {
    return answer(replays.replay(id, operator.getName()));
  }

  @DeleteMapping("/{id}")
  ResponseEntity<Outcome> discard(@PathVariable String id, Principal operator) {
    return answer(replays.discard(id, operator.getName()));
  }

  @PostMapping("/replay")
  Outcome.All replayAll(
      @RequestParam(required = false) @Nullable String cause,
      @RequestParam(required = false) @Nullable String after,
      Principal operator) {
    return replays.replayAll(ofCause(cause), after, operator.getName());
  }

  @DeleteMapping
  Outcome.All discardAll(
      @RequestParam(required = false) @Nullable String cause,
      @RequestParam(required = false) @Nullable String after,
      Principal operator) {
    return replays.discardAll(ofCause(cause), after, operator.getName());
  }

  private static ResponseEntity<Outcome> answer(Outcome outcome) {
    return ResponseEntity.status(outcome.status()).body(outcome);
  }

  private static String ofCause(@Nullable String cause) {
    if (cause == null || cause.isBlank()) {
      throw wrong("cause must be the cause of the letters, as the list shows it.");
    }
    return cause;
  }

  private static @Nullable State state(String word) {
    if (word.equals(EVERY_STATE)) {
      return null;
    }
    try {
      return State.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw wrong("state must be waiting, replayed, discarded or all.");
    }
  }

  private static int limit(String text) {
    int limit = text.matches("\\d{1,3}") ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > LetterDesk.MOST) {
      throw wrong("limit must be a number from 1 to " + LetterDesk.MOST + ".");
    }
    return limit;
  }

  private static Refusal wrong(String sentence) {
    return new Refusal(HttpStatus.BAD_REQUEST.value(), sentence);
  }

  @ExceptionHandler({
    UncheckedIOException.class,
    DataAccessException.class,
    TransactionException.class
  })
  ResponseEntity<Map<String, String>> unreachable(RuntimeException away) {
    return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
        .body(
            Map.of(
                "error",
                "The dead letters cannot be read or written (%s): look after the folder or the database, and ask again."
                    .formatted(away.getClass().getSimpleName())));
  }
}
