package io.voicegateway.livekit.api;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.voicegateway.project.Project;
import io.voicegateway.project.Projects;
import io.voicegateway.project.SharedThreads;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** The LiveKit of each project. */
@Component
public final class LiveKits {

  private final Map<String, LiveKit> byProject = new LinkedHashMap<>();
  private final Projects projects;

  LiveKits(Projects projects, SharedThreads threads, MeterRegistry meters, Clock clock) {
    this.projects = projects;
    SharedThreads.Share share = threads.among(projects.all().size());
    for (Project project : projects.all()) {
      Tags tags = projects.areSeveral() ? Tags.of("project", project.name()) : Tags.empty();
      byProject.put(project.name(), LiveKit.of(project, share, meters, tags, clock));
    }
  }

  /** That of a project. */
  public LiveKit of(String project) {
    return Objects.requireNonNull(byProject.get(projects.of(project).name()));
  }

  /** That of the environment variables. */
  public LiveKit standard() {
    return of(Project.STANDARD);
  }

  /** All of them, that of the environment variables first. */
  public List<LiveKit> all() {
    return List.copyOf(byProject.values());
  }

  @PreDestroy
  void close() {
    all().forEach(livekit -> livekit.api().close());
  }
}
