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

    /** Says whether an edit was looked at. */
    boolean look() throws IOException {
      watched.tidy();
      List<String> now = watched.stamps();
      List<String> before = seen;
      seen = now;
      if (!now.equals(before)) {
        if (!before.isEmpty()) {
          watched.editComes();
        }
        return false;
      }
      if (now.equals(taken)) {
        return false;
      }
      List<String> untilNow = taken;
      taken = now;
      try {
        watched.look();
      } catch (IOException beingWritten) {
        taken = untilNow;
        throw beingWritten;
      }
      return true;
    }

    /** The same of what was looked at before. */
    boolean lookNow() throws IOException {
      taken = watched.stamps();
      watched.look();
      return true;
    }

    /** What was wrong beside another edit's former state may be right beside its present one. */
    boolean lookAgain() throws IOException {
      return watched.rejected() != null && watched.look() == null;
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
        look();
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes what is written now, whether or not anything was written of late. */
  synchronized void lookNow() {
    watches.forEach(watch -> done(watch::lookNow));
  }

  private synchronized void look() {
    List<Watch> edited = watches.stream().filter(watch -> done(watch::look)).toList();
    watches.stream()
        .filter(watch -> edited.stream().anyMatch(other -> other != watch))
        .forEach(watch -> done(watch::lookAgain));
  }

  /** Whatever an edit does, the next one must be seen. */
  private static boolean done(Look look) {
    try {
      return look.isDone();
    } catch (IOException beingWritten) {
      log.debug("What is edited cannot be read now", beingWritten);
    } catch (RuntimeException | LinkageError | StackOverflowError unexpected) {
      log.error("What is edited could not be looked at", unexpected);
    }
    return false;
  }

  /** A look at something. */
  @FunctionalInterface
  private interface Look {
    boolean isDone() throws IOException;
  }

  @Override
  public void destroy() {
    end.countDown();
  }
}
