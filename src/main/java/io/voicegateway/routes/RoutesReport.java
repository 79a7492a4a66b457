package io.voicegateway.routes;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.camel.Route;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells which routes are served and which edit is not. */
@Component
public final class RoutesReport {

  private final ServedRoutes served;
  private final CurrentRoutes current;
  private final List<Watched> watched;

  RoutesReport(ServedRoutes served, CurrentRoutes current, List<Watched> watched) {
    this.served = served;
    this.current = current;
    this.watched = watched;
  }

  /**
   * What is served.
   *
   * @param since when this state of the folder took its first call
   * @param rejected a later state that is not served, null when there is none
   * @param planRejected the same of the number plan
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Report(
      Instant since,
      List<ServedFile> files,
      @Nullable RejectedEdit rejected,
      @JsonProperty("plan_rejected") @Nullable RejectedEdit planRejected) {}

  /**
   * A file of the folder.
   *
   * @param routes their ids with their states, Started when they take calls
   */
  public record ServedFile(String file, SortedMap<String, String> routes) {}

  /** As of now. */
  public Report report() {
    SortedMap<String, SortedMap<String, String>> files = new TreeMap<>();
    for (Route route : current.camel().getRoutes()) {
      String file = route.getSourceLocationShort().replaceFirst(":\\d+$", "");
      files
          .computeIfAbsent(file, unseen -> new TreeMap<>())
          .put(
              route.getRouteId(),
              current.camel().getRouteController().getRouteStatus(route.getRouteId()).name());
    }
    return new Report(
        served.since(),
        files.entrySet().stream()
            .map(
                (Map.Entry<String, SortedMap<String, String>> file) ->
                    new ServedFile(file.getKey(), file.getValue()))
            .toList(),
        served.rejected(),
        plan());
  }

  /** Edits that are not served. */
  public List<RejectedEdit> rejected() {
    return watched.stream().map(Watched::rejected).filter(edit -> edit != null).toList();
  }

  private @Nullable RejectedEdit plan() {
    return watched.stream()
        .filter(one -> one != served)
        .map(Watched::rejected)
        .filter(edit -> edit != null)
        .findFirst()
        .orElse(null);
  }
}
