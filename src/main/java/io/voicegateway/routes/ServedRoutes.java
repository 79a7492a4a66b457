package io.voicegateway.routes;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Serves the routes of the folder, and edits of them as soon as they are found good. A wrong edit
 * stops the start; later it changes nothing of what is served.
 */
@Component
public final class ServedRoutes implements SmartLifecycle, Watched {

  private static final Logger log = LoggerFactory.getLogger(ServedRoutes.class);

  private final CurrentRoutes current;
  private final RouteLoader loader;
  private final EditTrial trial;
  private final Path folder;
  private final boolean rehearsal;
  private final Clock clock;
  private final List<RouteSet> leaving = new ArrayList<>();

  private volatile Instant since = Instant.MIN;
  private volatile @Nullable RejectedEdit rejected;
  private volatile boolean running;

  ServedRoutes(
      CurrentRoutes current,
      RouteLoader loader,
      EditTrial trial,
      @Value("${gateway.routes}") Path folder,
      @Value("${gateway.rehearsal}") boolean rehearsal,
      Clock clock,
      MeterRegistry meters) {
    this.current = current;
    this.loader = loader;
    this.trial = trial;
    this.folder = folder;
    this.rehearsal = rehearsal;
    this.clock = clock;
    Gauge.builder("gateway.routes.rejected", () -> rejected == null ? 0 : 1)
        .description("1 while the routes folder holds an edit that is not served")
        .register(meters);
  }

  @Override
  public List<String> stamps() throws IOException {
    return RouteFiles.stamps(folder);
  }

  /** When what is served now took its first call. */
  Instant since() {
    return since;
  }

  @Override
  public @Nullable RejectedEdit rejected() {
    return rejected;
  }

  @Override
  public @Nullable RejectedEdit look() throws IOException {
    tidy();
    try {
      RouteFiles files = RouteFiles.read(folder);
      if (!files.equals(current.get().files())) {
        RouteSet edited = loader.load(files);
        trial.play(edited);
        exchange(edited);
      }
      rejected = null;
    } catch (InvalidRoutes invalid) {
      rejected = RejectedEdit.of(clock.instant(), invalid);
      log.error(
          "A route edit is rejected, the routes before it are served: {}", invalid.getMessage());
    }
    return rejected;
  }

  private synchronized void exchange(RouteSet edited) {
    if (!running) {
      edited.end();
      return;
    }
    RouteSet before = current.get();
    serve(edited);
    leaving.add(before);
    before.shut(clock.instant());
    log.info("Routes were edited: the edit is served from now on");
  }

  @Override
  public void editComes() {
    trial.prepare(current.get());
  }

  /** Ends what was served before and has nothing under way any more. */
  @Override
  public void tidy() {
    List<RouteSet> idle;
    synchronized (this) {
      idle = leaving.stream().filter(routes -> routes.isIdle(clock.instant())).toList();
      leaving.removeAll(idle);
    }
    idle.forEach(RouteSet::end);
  }

  private void serve(RouteSet routes) {
    if (rehearsal) {
      routes.openForRehearsal();
    } else {
      routes.open();
    }
    current.become(routes);
    since = clock.instant();
  }

  @Override
  public synchronized void start() {
    try {
      serve(loader.load(RouteFiles.read(folder)));
    } catch (IOException unreadable) {
      throw new InvalidRoutes(Place.NONE, "the folder %s cannot be read".formatted(folder));
    }
    running = true;
  }

  @Override
  public synchronized void stop() {
    running = false;
    leaving.add(current.get());
    leaving.parallelStream().forEach(RouteSet::end);
    leaving.clear();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Later than those to whom routes tell what they hear, and ended sooner. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE - 101;
  }
}
