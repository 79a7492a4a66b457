package io.voicegateway.routes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What changes when a file is written, or another takes its place. */
public final class Stamp {

  private Stamp() {}

  /**
   * That of a file now.
   *
   * @throws IOException when it is not there
   */
  public static String of(Path file) throws IOException {
    return String.join(
        " ",
        file.toRealPath().toString(),
        Files.getLastModifiedTime(file).toString(),
        Long.toString(Files.size(file)),
        String.valueOf(Files.getAttribute(file, "unix:ino")));
  }
}
