package io.voicegateway.admission;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.voicegateway.call.NumberFormat;
import io.voicegateway.call.NumberPlan;
import io.voicegateway.call.OutageSwitch;
import io.voicegateway.operator.Refusal;
import io.voicegateway.project.Projects;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
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

  private static final Pattern NUMBER = Pattern.compile("[+#A-Za-z0-9._-]{1,64}");
  private static final String FORM = "The body must be {\"on\": true or false, \"number\": \"*\"}.";

  private final Outages outages;
  private final NumberPlan plan;
  private final Projects projects;

  OutageApi(Outages outages, NumberPlan plan, Projects projects) {
    this.projects = projects;
    this.outages = outages;
    this.plan = plan;
  }

  /** What is asked for: of a number, of all, or of a project. */
  record Wish(@Nullable Boolean on, @Nullable String number, @Nullable String project) {}

  /**
   * The switches that are on.
   *
   * @param written false while other gateways do not know of what was thrown here
   */
  record Switches(List<Shown> outages, boolean written) {}

  /** A switch that is on: since when, and who threw it. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Shown(@Nullable String number, @Nullable String project, Instant since, String by) {}

  @GetMapping
  Switches show(@RequestParam(required = false) @Nullable String full) {
    return switches(full);
  }

  @PutMapping
  Switches set(
      @RequestParam(required = false) @Nullable String full,
      @RequestBody Wish wish,
      Principal operator) {
    if (wish.on() == null || (wish.number() == null) == (wish.project() == null)) {
      throw new Refusal(HttpStatus.BAD_REQUEST.value(), FORM);
    }
    String whose = wish.number() == null ? project(wish.project()) : number(wish.number().strip());
    outages.set(whose, wish.on(), operator.getName());
    return switches(full);
  }

  private Switches switches(@Nullable String full) {
    return new Switches(
        outages.switchedOn().stream().map(one -> shown(one, "true".equals(full))).toList(),
        outages.isWritten());
  }

  private static Shown shown(OutageSwitch one, boolean full) {
    if (one.project() != null) {
      return new Shown(null, one.project(), one.at(), one.by());
    }
    boolean whole = full || one.number().equals(OutageSwitch.ALL);
    return new Shown(whole ? one.number() : one.label(), null, one.at(), one.by());
  }

  /** As callers of that number are known: in the form that its plan's country gives it. */
  private String number(String text) {
    if (text.equals(OutageSwitch.ALL)) {
      return text;
    }
    String number = NumberFormat.party(text, plan.choose(text).country()).number();
    if (!NUMBER.matcher(number).matches()) {
      throw new Refusal(
          HttpStatus.BAD_REQUEST.value(), "number must be one number of ours, or * for all.");
    }
    return number;
  }

  private String project(@Nullable String name) {
    if (name == null || projects.find(name).isEmpty()) {
      throw new Refusal(
          HttpStatus.BAD_REQUEST.value(),
          "project must be one of " + String.join(", ", projects.names()) + ".");
    }
    return OutageSwitch.ofProject(name);
  }

  @ExceptionHandler
  ResponseEntity<Map<String, String>> unreadable(HttpMessageNotReadableException body) {
    return ResponseEntity.badRequest().body(Map.of("error", FORM));
  }
}
