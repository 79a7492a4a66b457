package io.voicegateway.deadletter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/** The folder of the dead letters: made at the start, its owner's only, and seen to be writable. */
@Component
final class LetterBox implements ApplicationRunner {

  private static final Logger log = LoggerFactory.getLogger(LetterBox.class);

  private final Path folder;

  LetterBox(LetterSettings settings) {
    this.folder = settings.directory();
  }

  @Override
  public void run(ApplicationArguments arguments) {
    try {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      Files.delete(Files.createTempFile(folder, FileLetters.UNFINISHED, ""));
    } catch (IOException | UnsupportedOperationException unusable) {
      log.warn("Dead letters cannot be kept in {}: they will go to the log", folder);
    }
  }
}
