package io.voicegateway.console.web;

import io.voicegateway.call.ReadyThreads;
import io.voicegateway.console.web.LiveBoard.Shown;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter.SseEventBuilder;

/**
 * Tells browsers what changes on the board, each by a thread of its own, so that a slow one delays
 * nobody and misses what it has no time for.
 */
@Component
final class LiveStreams implements ApplicationListener<ContextClosedEvent> {

  private static final Logger log = LoggerFactory.getLogger(LiveStreams.class);

  static final int MOST = 50;

  private static final long LOOK_MS = 500;

  /** How often a browser is told something at least, by which it is noticed that it is gone. */
  private static final Duration PULSE = Duration.ofSeconds(10);

  /** Then the browser comes again, and must show once more who looks. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final LiveBoard board;
  private final ExecutorService threads = ReadyThreads.upTo(MOST, "console-stream");
  private final CountDownLatch end = new CountDownLatch(1);

  LiveStreams(LiveBoard board) {
    this.board = board;
  }

  /** Begins one; nothing when there are too many. */
  Optional<SseEmitter> open() {
    SseEmitter browser = new SseEmitter(LONGEST.plus(PULSE).toMillis());
    CountDownLatch gone = new CountDownLatch(1);
    browser.onCompletion(gone::countDown);
    browser.onError(broken -> gone.countDown());
    try {
      threads.execute(() -> tell(browser, gone));
      return Optional.of(browser);
    } catch (RejectedExecutionException tooMany) {
      log.warn("{} browsers follow the calls, which is all there may be", MOST);
      return Optional.empty();
    }
  }

  private void tell(SseEmitter browser, CountDownLatch gone) {
    long begin = System.nanoTime();
    long told = begin;
    Shown before = new Shown("", "");
    try {
      while (System.nanoTime() - begin < LONGEST.toNanos() && gone.getCount() > 0) {
        Shown now = board.now();
        if (isTold(browser, before, now, System.nanoTime() - told > PULSE.toNanos())) {
          told = System.nanoTime();
        }
        before = now;
        if (end.await(LOOK_MS, TimeUnit.MILLISECONDS)) {
          break;
        }
      }
      browser.complete();
    } catch (IOException | IllegalStateException left) {
      log.debug("A browser went away", left);
      browser.completeWithError(left);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      browser.complete();
    }
  }

  private static boolean isTold(SseEmitter browser, Shown before, Shown now, boolean anyway)
      throws IOException {
    boolean calls = !now.calls().equals(before.calls());
    boolean failures = !now.failures().equals(before.failures());
    if (calls) {
      browser.send(event("calls", now.calls()));
    }
    if (failures) {
      browser.send(event("failures", now.failures()));
    }
    if (anyway && !calls && !failures) {
      browser.send(SseEmitter.event().comment("still here"));
    }
    return calls || failures || anyway;
  }

  private static SseEventBuilder event(String name, String html) {
    return SseEmitter.event().name(name).data(html);
  }

  /** Before the server waits for its last requests to end. */
  @Override
  public void onApplicationEvent(ContextClosedEvent closed) {
    end.countDown();
  }
}
