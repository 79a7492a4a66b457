package io.voicegateway.livekit;

import io.voicegateway.call.Call;
import io.voicegateway.call.record.CallProjects;
import io.voicegateway.project.Projects;
import jakarta.annotation.PreDestroy;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * A step after which a route goes on by a thread of its call's project, so that rooms of one
 * project are looked at and deleted however long another's LiveKit takes. What is more than a
 * LiveKit can take is left undone: the room ends by itself, or is swept.
 */
@Component("projectThreads")
final class ProjectThreads extends AsyncProcessorSupport {

  private static final Logger log = LoggerFactory.getLogger(ProjectThreads.class);
  private static final int THREADS = 4;
  private static final int MOST_WAITING = 1000;

  /** Of calls whose project nobody knows; all LiveKits are asked for those. */
  private static final String UNKNOWN = "";

  private final Map<String, ThreadPoolExecutor> byProject = new HashMap<>();
  private final Projects projects;
  private final CallProjects calls;

  ProjectThreads(Projects projects, CallProjects calls) {
    this.projects = projects;
    this.calls = calls;
    byProject.put(UNKNOWN, threads("of-no-project"));
    projects.names().forEach(name -> byProject.put(name, threads("of-" + name)));
  }

  private static ThreadPoolExecutor threads(String name) {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(MOST_WAITING),
            task -> {
              Thread thread = new Thread(task, "rooms-" + name);
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    String project = project(exchange);
    try {
      Objects.requireNonNull(byProject.get(project)).execute(() -> callback.done(false));
      return false;
    } catch (RejectedExecutionException full) {
      log.warn("LiveKit of project {} is too slow: a call's room is left to its end", project);
      exchange.setRouteStop(true);
      callback.done(true);
      return true;
    }
  }

  /** The call is known as a whole, or its id is in the header call_sid. */
  private String project(Exchange exchange) {
    if (!projects.areSeveral()) {
      return projects.standard().name();
    }
    Call call = exchange.getProperty("call", Call.class);
    String sid = exchange.getMessage().getHeader("call_sid", "", String.class);
    Optional<String> name = call == null ? calls.projectOf(sid) : Optional.of(call.project());
    return name.map(known -> projects.of(known).name()).orElse(UNKNOWN);
  }

  @PreDestroy
  void endThreads() {
    byProject.values().forEach(ThreadPoolExecutor::shutdownNow);
  }
}
