package io.voicegateway.console.web;

import gg.jte.models.runtime.JteModel;
import io.voicegateway.console.web.Frame.Tab;
import io.voicegateway.doctor.DoctorsNote;
import io.voicegateway.routes.RoutesReport;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What is served, and what the doctor found when he was last asked. */
@RestController
final class StatePages {

  private final RoutesReport routes;
  private final Path doctorsNote;
  private final Frames frames;
  private final Templates templates;
  private final Clock clock;

  StatePages(
      RoutesReport routes,
      @Value("${" + DoctorsNote.FILE + "}") Path doctorsNote,
      Frames frames,
      Templates templates,
      Clock clock) {
    this.routes = routes;
    this.doctorsNote = doctorsNote;
    this.frames = frames;
    this.templates = templates;
    this.clock = clock;
  }

  /**
   * A result of the doctor's.
   *
   * @param heading empty for that about everything
   * @param age how long ago he was asked
   */
  record Noted(String heading, DoctorsNote note, String age) {}

  @GetMapping("/console/routes")
  JteModel routes(HttpServletRequest request) {
    return templates.routes(
        frames.of("Routes", Tab.ROUTES, request), routes.report(), clock.instant());
  }

  @GetMapping("/console/doctor")
  JteModel doctor(HttpServletRequest request) {
    Instant now = clock.instant();
    Frame frame = frames.of("Doctor", Tab.DOCTOR, request);
    List<Noted> notes =
        Stream.of(
                noted("", doctorsNote, now),
                noted("The call that was asked about", DoctorsNote.ofCall(doctorsNote), now))
            .flatMap(Optional::stream)
            .toList();
    return notes.isEmpty() ? templates.noDoctor(frame) : templates.doctor(frame, notes);
  }

  private static Optional<Noted> noted(String heading, Path file, Instant now) {
    return DoctorsNote.read(file)
        .map(note -> new Noted(heading, note, Times.between(note.at(), now)));
  }
}
