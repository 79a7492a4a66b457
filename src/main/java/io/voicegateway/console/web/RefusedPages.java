package io.voicegateway.console.web;

import gg.jte.models.runtime.JteModel;
import io.voicegateway.console.web.Frame.Tab;
import io.voicegateway.operator.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** Says on a page why something could not be done. */
@ControllerAdvice(basePackageClasses = RefusedPages.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RefusedPages {

  private final Frames frames;
  private final Templates templates;

  RefusedPages(Frames frames, Templates templates) {
    this.frames = frames;
    this.templates = templates;
  }

  @ExceptionHandler
  ResponseEntity<JteModel> refused(Refusal refusal, HttpServletRequest request) {
    return ResponseEntity.status(refusal.status())
        .body(templates.refused(frames.of("Not done", Tab.LIVE, request), refusal.sentence()));
  }
}
