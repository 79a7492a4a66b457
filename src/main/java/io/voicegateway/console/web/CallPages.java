package io.voicegateway.console.web;

import gg.jte.models.runtime.JteModel;
import io.voicegateway.call.record.CallRecord;
import io.voicegateway.call.record.Cause;
import io.voicegateway.console.web.Frame.Tab;
import io.voicegateway.operator.Refusal;
import io.voicegateway.record.CallSearch;
import io.voicegateway.record.Cursor;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Calls of any time, and one of them. */
@RestController
final class CallPages {

  private static final Logger log = LoggerFactory.getLogger(CallPages.class);

  private static final int FORBIDDEN = 403;
  private static final int PAGE = 50;

  private final CallSearch calls;
  private final Frames frames;
  private final Templates templates;
  private final Clock clock;

  CallPages(CallSearch calls, Frames frames, Templates templates, Clock clock) {
    this.calls = calls;
    this.frames = frames;
    this.templates = templates;
    this.clock = clock;
  }

  /**
   * A page of calls.
   *
   * @param next what to ask for {@code before} to get the following one, empty at the end
   */
  record Found(Wanted wanted, List<String> causes, List<CallLine> calls, String next) {}

  @GetMapping("/console/calls")
  JteModel search(
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "") String state,
      @RequestParam(defaultValue = "") String cause,
      @RequestParam(defaultValue = "") String before,
      HttpServletRequest request) {
    Wanted wanted = new Wanted(q.strip(), state, cause);
    List<CallRecord> found =
        calls.find(wanted.query(before.isEmpty() ? null : Cursor.parse(before), PAGE + 1));
    List<CallRecord> page = found.subList(0, Math.min(PAGE, found.size()));
    Instant now = clock.instant();
    return templates.calls(
        frames.of("Calls", Tab.CALLS, request),
        new Found(
            wanted,
            Arrays.stream(Cause.values()).map(Cause::code).sorted().toList(),
            page.stream().map(call -> CallLine.of(call, now)).toList(),
            found.size() > PAGE ? Cursor.after(page.get(PAGE - 1)).text() : ""));
  }

  @GetMapping("/console/calls/{callSid}")
  JteModel call(
      @PathVariable String callSid,
      @RequestParam(defaultValue = "false") boolean full,
      HttpServletRequest request) {
    Frame frame = frames.of("Call", Tab.CALLS, request);
    if (full && !frame.visitor().mayChange()) {
      throw new Refusal(FORBIDDEN, "Only operators see whole numbers.");
    }
    CallView view = CallView.of(calls.eventsOf(callSid), full, clock.instant());
    if (full) {
      log.info("call={} its whole numbers are shown to {}", callSid, frame.visitor().name());
    }
    return templates.call(frame, view);
  }
}
