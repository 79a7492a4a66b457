package io.voicegateway.routes;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/**
 * Looks at what operators edit again and again: network disks and the volumes of Kubernetes tell
 * nobody of a change. An edit is taken when nothing more is written, all its files together.
 */
@Component
final class EditWatch implements ApplicationRunner, DisposableBean {

  private static final Logger log = LoggerFactory.getLogger(EditWatch.class);

  private final List<Watch> watches;
  private final long interval;
  private final CountDownLatch end = new CountDownLatch(1);

  /**
   * @param interval in ms, 0 for never
   */
  EditWatch(List<Watched> watched, @Value("${gateway.routes-watch}") long interval) {
    this.watches = watched.stream().map(Watch::new).toList();
    this.interval = interval;
  }

  /** One of them, with what was seen of it. */
  private static final class Watch {

    private final Watched watched;
    private List<String> seen = List.of();
    private List<String> taken = List.of();

    Watch(Watched watched) {
      this.watched = watched;
    }

    void look() throws IOException {
      List<String> now = watched.stamps();
      if (!now.equals(seen)) {
        comes();
      } else if (!now.equals(taken)) {
        watched.look();
        taken = now;
      }
      seen = now;
      watched.tidy();
    }

    private void comes() {
      if (!seen.isEmpty()) {
        watched.editComes();
      }
    }
  }

  @Override
  public void run(ApplicationArguments arguments) {
    if (interval > 0) {
      Thread thread = new Thread(this::watch, "edits");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void watch() {
    try {
      while (!end.await(interval, TimeUnit.MILLISECONDS)) {
        watches.forEach(EditWatch::look);
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  private static void look(Watch watch) {
    try {
      watch.look();
    } catch (IOException beingWritten) {
      log.debug("What is edited cannot be read now", beingWritten);
    } catch (RuntimeException unexpected) {
      log.error("What is edited could not be looked at", unexpected);
    }
  }

  @Override
  public void destroy() {
    end.countDown();
  }
}
