package io.voicegateway.console.web;

import gg.jte.models.runtime.JteModel;
import io.voicegateway.console.web.Frame.Tab;
import io.voicegateway.deadletter.Letter;
import io.voicegateway.deadletter.Letter.State;
import io.voicegateway.deadletter.LetterDesk;
import io.voicegateway.deadletter.LetterDesk.Listing;
import io.voicegateway.deadletter.LetterDesk.Shown;
import io.voicegateway.deadletter.Outcome;
import io.voicegateway.deadletter.Replays;
import io.voicegateway.operator.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The dead letters: what could not be done, and doing it after all. */
@RestController
@RequestMapping("/console/letters")
final class LetterPages {

  private static final int PAGE = 50;
  private static final int NOT_FOUND = 404;
  private static final int UNAVAILABLE = 503;

  private final LetterDesk desk;
  private final Replays replays;
  private final Tellings tellings = new Tellings();
  private final Frames frames;
  private final Templates templates;
  private final Clock clock;

  LetterPages(LetterDesk desk, Replays replays, Frames frames, Templates templates, Clock clock) {
    this.desk = desk;
    this.replays = replays;
    this.frames = frames;
    this.templates = templates;
    this.clock = clock;
  }

  /**
   * What came of an operator's wish, empty where he had none.
   *
   * @param isDone whether it was done
   */
  record Told(String words, boolean isDone) {

    static final Told NOTHING = new Told("", true);

    static Told of(Outcome outcome) {
      String words = outcome.isDone() ? outcome.words() : outcome.error();
      return new Told(Objects.requireNonNullElse(words, outcome.result().word()), outcome.isDone());
    }

    static Told of(String done, Outcome.All all) {
      String more = all.next() == null ? "" : " There are more: do it again.";
      String stopped = all.stopped() ? " It was stopped, as the cause is not gone." : more;
      return new Told(
          "%d %s, %d not.%s".formatted(all.done(), done, all.undone(), stopped), all.undone() == 0);
    }
  }

  /**
   * Some letters.
   *
   * @param told what was done with them just now
   */
  record Listed(String state, String cause, Listing letters, Instant now, Told told) {

    String at(Letter letter) {
      return Times.of(letter.at(), now);
    }
  }

  /** One of them, with its original. */
  record Opened(Shown shown, boolean whole, Instant now, Told told) {

    Letter letter() {
      return shown.letter();
    }

    String at() {
      return at(letter().time());
    }

    String at(String time) {
      return Times.of(Instant.parse(time), now);
    }

    String original() {
      return Objects.requireNonNullElse(letter().body(), "");
    }
  }

  @GetMapping
  JteModel list(
      @RequestParam(defaultValue = "waiting") String state,
      @RequestParam(defaultValue = "") String cause,
      @RequestParam(defaultValue = "") String before,
      @RequestParam(defaultValue = "") String told,
      HttpServletRequest request) {
    return listed(state, cause, before, tellings.of(told), request);
  }

  @PostMapping("/replay")
  ResponseEntity<?> replayAll(
      @RequestParam String cause, Principal operator, HttpServletRequest request) {
    Told told = Told.of("replayed", replays.replayAll(cause, null, operator.getName()));
    return done(request, "/console/letters", told, () -> listed("waiting", "", "", told, request));
  }

  @PostMapping("/discard")
  ResponseEntity<?> discardAll(
      @RequestParam String cause, Principal operator, HttpServletRequest request) {
    Told told = Told.of("discarded", replays.discardAll(cause, null, operator.getName()));
    return done(request, "/console/letters", told, () -> listed("waiting", "", "", told, request));
  }

  @GetMapping("/{id}")
  JteModel show(
      @PathVariable String id,
      @RequestParam(defaultValue = "false") boolean full,
      @RequestParam(defaultValue = "") String told,
      HttpServletRequest request) {
    return opened(id, full, tellings.of(told), request);
  }

  @PostMapping("/{id}/replay")
  ResponseEntity<?> replay(
      @PathVariable String id, Principal operator, HttpServletRequest request) {
    Told told = Told.of(replays.replay(id, operator.getName()));
    return done(request, "/console/letters/" + id, told, () -> opened(id, false, told, request));
  }

  @PostMapping("/{id}/discard")
  ResponseEntity<?> discard(
      @PathVariable String id, Principal operator, HttpServletRequest request) {
    Told told = Told.of(replays.discard(id, operator.getName()));
    return done(request, "/console/letters/" + id, told, () -> opened(id, false, told, request));
  }

  /**
   * htmx takes the answer itself for the new content; a form is led to a page that can be loaded
   * again without anything being done again.
   */
  private ResponseEntity<?> done(
      HttpServletRequest request, String page, Told told, Supplier<JteModel> content) {
    return request.getHeader("HX-Request") != null
        ? ResponseEntity.ok(content.get())
        : ResponseEntity.status(HttpStatus.SEE_OTHER)
            .location(URI.create(page + "?told=" + tellings.keep(told)))
            .build();
  }

  private JteModel listed(
      String word, String cause, String before, Told told, HttpServletRequest request) {
    @Nullable State state =
        Arrays.stream(State.values())
            .filter(one -> one.word().equals(word))
            .findFirst()
            .orElse(null);
    Listing letters =
        desk.list(state, cause.isEmpty() ? null : cause, before.isEmpty() ? null : before, PAGE);
    return templates.letters(
        frames.of("Dead letters", Tab.LETTERS, request),
        new Listed(state == null ? "" : word, cause, letters, clock.instant(), told));
  }

  private JteModel opened(String id, boolean full, Told told, HttpServletRequest request) {
    Shown shown =
        desk.show(id, full)
            .orElseThrow(() -> new Refusal(NOT_FOUND, "There is no such dead letter."));
    return templates.letter(
        frames.of("Dead letter", Tab.LETTERS, request),
        new Opened(shown, full, clock.instant(), told));
  }

  @ExceptionHandler({
    UncheckedIOException.class,
    DataAccessException.class,
    TransactionException.class
  })
  ResponseEntity<JteModel> unreachable(RuntimeException away, HttpServletRequest request) {
    return ResponseEntity.status(UNAVAILABLE)
        .body(
            templates.refused(
                frames.of("Not done", Tab.LETTERS, request),
                "The dead letters cannot be read or written: look after the folder or the"
                    + " database, and try again."));
  }
}
