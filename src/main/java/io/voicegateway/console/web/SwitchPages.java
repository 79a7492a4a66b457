package io.voicegateway.console.web;

import gg.jte.models.runtime.JteModel;
import io.voicegateway.admission.OutageDesk;
import io.voicegateway.call.OutageSwitch;
import io.voicegateway.console.web.Frame.Tab;
import io.voicegateway.operator.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The outage switches, which are thrown on a second page. */
@RestController
@RequestMapping("/console/switches")
final class SwitchPages {

  private static final int BAD_REQUEST = 400;
  private static final int CONFLICT = 409;

  private final OutageDesk desk;
  private final Frames frames;
  private final Templates templates;
  private final Clock clock;

  SwitchPages(OutageDesk desk, Frames frames, Templates templates, Clock clock) {
    this.desk = desk;
    this.frames = frames;
    this.templates = templates;
    this.clock = clock;
  }

  /**
   * A switch that is on, its number masked: by that and the time its row is known again.
   *
   * @param at when it was thrown, exactly
   */
  record Row(String label, String by, String since, String at) {}

  /**
   * What is on.
   *
   * @param written false while other gateways do not know of what was thrown here
   * @param projects those that have a switch of their own, none where there is one only
   */
  record Shown(List<Row> on, boolean written, List<String> projects) {}

  /**
   * What is about to be done.
   *
   * @param whose as the form asked for it, which brings it along once more
   * @param hint what the operator may not think of, empty for nothing
   */
  record Wish(boolean on, String label, String scope, String whose, String at, String hint) {}

  @GetMapping
  JteModel show(HttpServletRequest request) {
    Instant now = clock.instant();
    return templates.switches(
        frames.of("Outage switch", Tab.SWITCHES, request),
        new Shown(
            desk.switchedOn().stream().map(one -> row(one, now)).toList(),
            desk.isWritten(),
            desk.projects()));
  }

  private static Row row(OutageSwitch one, Instant now) {
    return new Row(one.label(), one.by(), Times.of(one.at(), now), one.at().toString());
  }

  @PostMapping("/confirm")
  JteModel confirm(
      @RequestParam boolean on,
      @RequestParam String scope,
      @RequestParam(defaultValue = "") String number,
      @RequestParam(defaultValue = "") String project,
      @RequestParam(defaultValue = "") String label,
      @RequestParam(defaultValue = "") String at,
      HttpServletRequest request) {
    Wish wish = on ? toBeOn(scope, number, project) : toBeOff(label, at);
    return templates.confirmSwitch(
        frames.of(on ? "Turn it on?" : "Turn it off?", Tab.SWITCHES, request), wish);
  }

  private Wish toBeOn(String scope, String number, String project) {
    String whose = whose(scope, number, project);
    String label = OutageSwitch.labelOf(whose);
    return new Wish(
        true, label, scope, scope.equals("project") ? project : number, "", desk.hint(whose, true));
  }

  private Wish toBeOff(String label, String at) {
    return new Wish(false, label, "row", label, at, desk.hint(whoseRow(label, at), false));
  }

  @PostMapping
  ResponseEntity<Void> set(
      @RequestParam boolean on,
      @RequestParam String scope,
      @RequestParam(defaultValue = "") String whose,
      @RequestParam(defaultValue = "") String at,
      Principal operator) {
    String switched = on ? whose(scope, whose, whose) : whoseRow(whose, at);
    desk.set(switched, on, operator.getName());
    return ResponseEntity.status(HttpStatus.SEE_OTHER)
        .location(URI.create("/console/switches"))
        .build();
  }

  private String whose(String scope, String number, String project) {
    return switch (scope) {
      case "all" -> ofAll(number);
      case "number" -> desk.ofNumber(number);
      case "project" -> desk.ofProject(project);
      default -> throw new Refusal(BAD_REQUEST, "Choose all numbers, one number or a project.");
    };
  }

  /** Whoever typed a number does not mean all of them. */
  private static String ofAll(String number) {
    if (!number.isBlank()) {
      throw new Refusal(
          BAD_REQUEST,
          "All numbers are chosen, and a number stands there: choose one called number.");
    }
    return OutageSwitch.ALL;
  }

  private String whoseRow(String label, String at) {
    return desk.switchedOn().stream()
        .filter(one -> one.label().equals(label) && one.at().toString().equals(at))
        .map(OutageSwitch::number)
        .findFirst()
        .orElseThrow(() -> new Refusal(CONFLICT, "Somebody threw that switch meanwhile."));
  }
}
