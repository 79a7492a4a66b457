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
 * Looks at the routes folder again and again: network disks and the volumes of Kubernetes tell
 * nobody of a change. An edit is offered when nothing more is written, all its files together.
 */
@Component
final class RoutesWatch implements ApplicationRunner, DisposableBean {

  private static final Logger log = LoggerFactory.getLogger(RoutesWatch.class);

  private final ServedRoutes served;
  private final long interval;
  private final CountDownLatch end = new CountDownLatch(1);

  private List<String> seen = List.of();
  private List<String> looked = List.of();

  /**
   * @param interval in ms, 0 for never
   */
  RoutesWatch(ServedRoutes served, @Value("${gateway.routes-watch}") long interval) {
    this.served = served;
    this.interval = interval;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    if (interval > 0) {
      Thread thread = new Thread(this::watch, "routes");
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

  private void look() {
    try {
      List<String> now = RouteFiles.stamps(served.folder());
      if (!now.equals(seen)) {
        comes();
      } else if (!now.equals(looked)) {
        served.look();
        looked = now;
      }
      seen = now;
      served.tidy();
    } catch (IOException beingWritten) {
      log.debug("The routes folder cannot be read now", beingWritten);
    } catch (RuntimeException unexpected) {
      log.error("The routes folder could not be looked at", unexpected);
    }
  }

  private void comes() {
    if (!seen.isEmpty()) {
      served.editComes();
    }
  }

  @Override
  public void destroy() {
    end.countDown();
  }
}
