package io.voicegateway.routes;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Puts edited routes to the trial, when there is one. */
@Component
final class EditTrial {

  private final ObjectProvider<RouteTrial> trial;

  EditTrial(ObjectProvider<RouteTrial> trial) {
    this.trial = trial;
  }

  /**
   * Has calls played through routes that take none yet.
   *
   * @throws InvalidRoutes when an answer was wrong; the routes have ended then
   */
  void play(RouteSet edited) {
    try {
      trial.ifAvailable(calls -> play(edited.files(), calls));
    } catch (RuntimeException | Error untried) {
      edited.end();
      throw untried;
    }
  }

  /** Lets the trial begin what takes time, with the routes that are served. */
  void prepare(RouteSet served) {
    trial.ifAvailable(calls -> calls.prepare(served.files()));
  }

  private static void play(RouteFiles files, RouteTrial calls) {
    calls
        .failure(files)
        .ifPresent(
            failure -> {
              throw invalid(files, failure);
            });
  }

  private static InvalidRoutes invalid(RouteFiles files, RouteTrial.Failure failure) {
    Place place = failure.step().isEmpty() ? Place.NONE : files.last("id: " + failure.step());
    return new InvalidRoutes(place, failure.problem()).shownIn(files);
  }
}
