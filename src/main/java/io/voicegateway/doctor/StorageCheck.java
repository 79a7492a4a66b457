package io.voicegateway.doctor;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;

/** Whether dead letters can be kept, and whether new ones wait in the folder. */
final class StorageCheck {

  private static final String CHECK = "dead letters";
  private static final Duration RECENT = Duration.ofHours(1);

  private static final JsonMapper JSON = new JsonMapper();
  private static final Set<String> HANDLED = Set.of("replayed", "discarded");

  private final Path folder;
  private final Clock clock;

  StorageCheck(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  Diagnosis examine() {
    if (!Files.exists(folder)) {
      return Diagnosis.ok(CHECK, "none yet; %s is made at the start".formatted(folder));
    }
    if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
      return Diagnosis.problem(
          CHECK,
          "%s cannot be written to: letters go to the log".formatted(folder),
          "Let the gateway's user own that folder.");
    }
    try (Stream<Path> files = Files.list(folder)) {
      Instant since = clock.instant().minus(RECENT);
      long recent =
          files.filter(file -> isLetter(file) && isYounger(file, since) && isWaiting(file)).count();
      return recent == 0
          ? Diagnosis.ok(CHECK, "none in the last hour")
          : Diagnosis.warning(
              CHECK,
              "%d in the last hour".formatted(recent),
              "./gateway dead-letters list shows each with its cause and what to do.");
    } catch (IOException unreadable) {
      return Diagnosis.warning(CHECK, folder + " cannot be read", "Run it as the gateway's user.");
    }
  }

  private static boolean isLetter(Path file) {
    return file.toString().endsWith(".json");
  }

  private static boolean isWaiting(Path file) {
    try {
      return !HANDLED.contains(JSON.readTree(file.toFile()).path("state").asText());
    } catch (IOException gone) {
      return false;
    }
  }

  private static boolean isYounger(Path file, Instant since) {
    try {
      FileTime written = Files.getLastModifiedTime(file);
      return written.toInstant().isAfter(since);
    } catch (IOException gone) {
      return false;
    }
  }
}
