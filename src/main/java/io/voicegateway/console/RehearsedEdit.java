package io.voicegateway.console;

import io.voicegateway.call.PlanSettings;
import io.voicegateway.routes.RouteFiles;
import io.voicegateway.routes.RouteTrial;
import io.voicegateway.routes.Stamp;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * Plays calls through edited routes in a gateway on the sandbox, which lives in this program for a
 * while after an edit, as one edit seldom comes alone.
 */
@Component
@ConditionalOnProperty("gateway.routes-trial")
final class RehearsedEdit implements RouteTrial {

  /** A rehearsal begins in about a second, its calls take less. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration IDLE = Duration.ofMinutes(1);

  private static final Pattern STEP = Pattern.compile("step ([\\w-]+) of route");

  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, Hush::thread);

  private final Path plan;
  private String planOfRehearsal = "";
  private @Nullable Rehearsal rehearsal;
  private @Nullable Path folder;
  private @Nullable ScheduledFuture<?> end;

  RehearsedEdit(PlanSettings settings) {
    this.plan = Path.of(settings.file());
  }

  @Override
  public Optional<Failure> failure(RouteFiles edited) {
    Future<Optional<String>> played = thread.submit(() -> play(edited));
    try {
      return played.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).map(RehearsedEdit::failure);
    } catch (ExecutionException failed) {
      return Optional.of(new Failure("", "calls on the sandbox failed: " + failed.getMessage()));
    } catch (TimeoutException late) {
      played.cancel(true);
      return Optional.of(new Failure("", "calls on the sandbox took too long"));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return Optional.of(new Failure("", "the gateway ends"));
    }
  }

  private static Failure failure(String problem) {
    Matcher step = STEP.matcher(problem);
    return new Failure(step.find() ? step.group(1) : "", problem);
  }

  @Override
  public void prepare(RouteFiles served) {
    thread.execute(() -> begin(served));
  }

  private void begin(RouteFiles served) {
    if (rehearsal != null) {
      return;
    }
    try {
      take(served);
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    } finally {
      endLater();
    }
  }

  private Optional<String> play(RouteFiles edited) throws IOException, InterruptedException {
    try {
      Optional<String> refused = take(edited);
      return refused.isPresent() ? refused : problem();
    } finally {
      endLater();
    }
  }

  private void endLater() {
    if (end != null) {
      end.cancel(false);
    }
    end = thread.schedule(this::end, IDLE.toSeconds(), TimeUnit.SECONDS);
  }

  /** What goes wrong once alone is the doing of a machine that has much to do. */
  private Optional<String> problem() throws IOException, InterruptedException {
    return begun().calls().isPlayable() ? Optional.empty() : begun().calls().problem();
  }

  private Optional<String> take(RouteFiles routes) throws IOException {
    if (folder == null) {
      folder = Files.createTempDirectory("gateway-edit");
    }
    FileSystemUtils.deleteRecursively(folder);
    routes.write(Files.createDirectory(folder));
    String plan = planStamp();
    if (rehearsal != null && !plan.equals(planOfRehearsal)) {
      rehearsal.close();
      rehearsal = null;
    }
    if (rehearsal == null) {
      planOfRehearsal = plan;
      rehearsal = Rehearsal.inside(folder);
      return Optional.empty();
    }
    return rehearsal.takeEdit();
  }

  /** A rehearsal has the number plan of its beginning. */
  private String planStamp() throws IOException {
    return Files.exists(plan) ? Stamp.of(plan) : "";
  }

  private Rehearsal begun() {
    if (rehearsal == null) {
      throw new IllegalStateException("no rehearsal has begun");
    }
    return rehearsal;
  }

  private void end() {
    try {
      if (rehearsal != null) {
        rehearsal.close();
      }
      if (folder != null) {
        FileSystemUtils.deleteRecursively(folder);
      }
    } catch (IOException left) {
      throw new IllegalStateException(left);
    } finally {
      rehearsal = null;
      folder = null;
    }
  }

  @PreDestroy
  void close() throws InterruptedException {
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    thread.execute(this::end);
    thread.shutdown();
    thread.awaitTermination(5, TimeUnit.SECONDS);
    thread.shutdownNow();
  }
}
