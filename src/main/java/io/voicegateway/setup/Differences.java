package io.voicegateway.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The lines that say in what two states of a thing differ. */
final class Differences {

  private final List<String> lines = new ArrayList<>();

  Differences compare(String field, Object from, Object to) {
    if (!Objects.equals(from, to)) {
      lines.add("%s: %s -> %s".formatted(field, from, to));
    }
    return this;
  }

  /** The same of a value that nobody may read. */
  Differences compareSecret(String field, String from, String to) {
    if (!from.equals(to)) {
      lines.add(secret(field));
    }
    return this;
  }

  /** The line of a value that nobody may read. */
  static String secret(String field) {
    return field + ": another one";
  }

  List<String> lines() {
    return List.copyOf(lines);
  }
}
