package io.voicegateway.console.web;

import gg.jte.models.runtime.JteModel;
import io.voicegateway.console.web.Frame.Tab;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What is going on. */
@RestController
final class LivePages {

  private final LiveBoard board;
  private final LiveStreams streams;
  private final Frames frames;
  private final Templates templates;

  LivePages(LiveBoard board, LiveStreams streams, Frames frames, Templates templates) {
    this.board = board;
    this.streams = streams;
    this.frames = frames;
    this.templates = templates;
  }

  @GetMapping("/")
  JteModel live(HttpServletRequest request) {
    return templates.live(frames.of("Live", Tab.LIVE, request), board.now());
  }

  @GetMapping(path = "/console/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  ResponseEntity<SseEmitter> stream() {
    return streams
        .open()
        .map(ResponseEntity::ok)
        .orElseGet(() -> ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).build());
  }
}
