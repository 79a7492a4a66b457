package io.voicegateway.admission;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.voicegateway.call.OutageSwitch;
import io.voicegateway.operator.Refusal;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The outage switch on the management port, for operators. */
@RestController
@RequestMapping("/outage")
final class OutageApi {

  private static final String FORM = "The body must be {\"on\": true or false, \"number\": \"*\"}.";

  private final OutageDesk desk;

  OutageApi(OutageDesk desk) {
    this.desk = desk;
  }

  /** What is asked for: of a number, of all, or of a project. */
  record Wish(@Nullable Boolean on, @Nullable String number, @Nullable String project) {}

  /**
   * The switches that are on.
   *
   * @param written false while other gateways do not know of what was thrown here
   * @param hint what whoever threw one may not think of, empty for nothing
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Switches(
      @JsonInclude(JsonInclude.Include.ALWAYS) List<Shown> outages, boolean written, String hint) {}

  /** A switch that is on: since when, and who threw it. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Shown(@Nullable String number, @Nullable String project, Instant since, String by) {}

  @GetMapping
  Switches show(@RequestParam(required = false) @Nullable String full) {
    return switches(full, "");
  }

  @PutMapping
  Switches set(
      @RequestParam(required = false) @Nullable String full,
      @RequestBody Wish wish,
      Principal operator) {
    if (wish.on() == null || (wish.number() == null) == (wish.project() == null)) {
      throw new Refusal(HttpStatus.BAD_REQUEST.value(), FORM);
    }
    String whose =
        wish.number() == null ? desk.ofProject(wish.project()) : desk.ofNumber(wish.number());
    desk.set(whose, wish.on(), operator.getName());
    return switches(full, desk.hint(whose, wish.on()));
  }

  private Switches switches(@Nullable String full, String hint) {
    return new Switches(
        desk.switchedOn().stream().map(one -> shown(one, "true".equals(full))).toList(),
        desk.isWritten(),
        hint);
  }

  private static Shown shown(OutageSwitch one, boolean full) {
    if (one.project() != null) {
      return new Shown(null, one.project(), one.at(), one.by());
    }
    boolean whole = full || one.number().equals(OutageSwitch.ALL);
    return new Shown(whole ? one.number() : one.label(), null, one.at(), one.by());
  }

  @ExceptionHandler
  ResponseEntity<Map<String, String>> unreadable(HttpMessageNotReadableException body) {
    return ResponseEntity.badRequest().body(Map.of("error", FORM));
  }
}
