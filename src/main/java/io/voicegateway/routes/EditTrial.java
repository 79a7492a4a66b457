package io.voicegateway.routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

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
    } catch (InvalidRoutes invalid) {
      edited.end();
      throw invalid;
    }
  }

  private static void play(RouteFiles files, RouteTrial calls) {
    try {
      Path folder = Files.createTempDirectory("gateway-edit");
      try {
        files.write(folder);
        calls
            .failure(folder)
            .ifPresent(
                failure -> {
                  Place place =
                      failure.step().isEmpty() ? Place.NONE : files.last("id: " + failure.step());
                  throw new InvalidRoutes(place, failure.problem()).shownIn(files);
                });
      } finally {
        FileSystemUtils.deleteRecursively(folder);
      }
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }
}
