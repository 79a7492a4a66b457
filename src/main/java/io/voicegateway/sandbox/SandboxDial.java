package io.voicegateway.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The leg that a dial verb adds to another one. */
final class SandboxDial {

  private static final int JAMBONZ_TIMEOUT = 60;

  private final JambonzLeg leg;
  private final JsonNode dial;
  private final Callee callee;
  private final String heard;
  private final String sid = UUID.randomUUID().toString();
  private final BlockingQueue<LegEvent> events = new LinkedBlockingQueue<>();

  /**
   * @param heard what the leg hears when the callee answers
   */
  SandboxDial(JambonzLeg leg, JsonNode dial, Callee callee, String heard) {
    this.leg = leg;
    this.dial = dial;
    this.callee = callee;
    this.heard = heard;
  }

  /** Dials, and lets them talk until one of them has had enough. */
  DialResult run() throws InterruptedException {
    status("trying", 100);
    callee.call(events::add);
    leg.onEnd(() -> events.add(LegEvent.request(LegEvent.Kind.CANCEL)));
    Instant until = Instant.now().plusSeconds(dial.path("timeout").asLong(JAMBONZ_TIMEOUT));
    boolean rings = false;
    for (LegEvent event = next(until); event != null; event = next(until)) {
      switch (event.kind()) {
        case ANSWERED -> {
          return talk();
        }
        case REFUSED -> {
          return ended(event.code() == 486 ? "busy" : "failed", event.code());
        }
        case CANCEL -> {
          return givenUp();
        }
        case PROVISIONAL, CHALLENGE, BYE -> rings = rings(event, rings);
      }
    }
    return givenUp();
  }

  private boolean rings(LegEvent event, boolean before) throws InterruptedException {
    boolean first = event.code() == 180 && !before;
    if (first) {
      leg.ring();
      status("ringing", 180);
    }
    return before || first;
  }

  private DialResult givenUp() throws InterruptedException {
    callee.hangUp();
    return ended("no-answer", 487);
  }

  private DialResult talk() throws InterruptedException {
    status("in-progress", 200);
    leg.answer();
    leg.hears(heard);
    LegEvent end = next(Instant.now().plus(leg.talk()));
    if (end == null) {
      leg.left();
    }
    if (end == null || end.kind() != LegEvent.Kind.BYE) {
      callee.hangUp();
    }
    return ended("completed", 200);
  }

  private DialResult ended(String status, int code) throws InterruptedException {
    leg.tellEnd();
    status(status, code);
    return new DialResult(sid, status, code);
  }

  private @Nullable LegEvent next(Instant until) throws InterruptedException {
    long patience = Math.max(0, Duration.between(Instant.now(), until).toMillis());
    return events.poll(patience, TimeUnit.MILLISECONDS);
  }

  private void status(String callStatus, int sipStatus) throws InterruptedException {
    JsonNode target = dial.path("target").path(0);
    String called = target.path("number").asText(target.path("sipUri").asText());
    ObjectNode body = leg.bodies().dialled(sid, called, callStatus, sipStatus);
    if (dial.has("tag")) {
      body.set("customerData", dial.path("tag"));
    }
    leg.hooks().status(body);
  }
}
