package io.voicegateway.admission;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Asks the database again and again for what callers need not wait for. */
@Component
final class Lookout implements DisposableBean {

  private static final Logger log = LoggerFactory.getLogger(Lookout.class);

  private static final long PAUSE_MS = 500;

  private final Outages outages;
  private final Seats seats;
  private final Future<?> turns;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "lookout");
            thread.setDaemon(true);
            return thread;
          });

  Lookout(Outages outages, Seats seats) {
    this.outages = outages;
    this.seats = seats;
    turns = thread.scheduleWithFixedDelay(this::turn, 0, PAUSE_MS, TimeUnit.MILLISECONDS);
  }

  private void turn() {
    try {
      outages.synchronise();
      seats.look();
    } catch (RuntimeException later) {
      log.warn("Switches and calls were not looked at: {}", later.getClass().getSimpleName());
    }
  }

  /** The thread is not interrupted while it asks: an H2 file would be closed by that. */
  @Override
  public void destroy() {
    turns.cancel(false);
    thread.shutdown();
  }
}
