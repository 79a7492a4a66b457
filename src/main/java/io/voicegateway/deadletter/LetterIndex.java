package io.voicegateway.deadletter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands in the letters of a folder, without their originals: of ten thousand letters only
 * those are read that are new or were changed.
 */
final class LetterIndex {

  private static final Logger log = LoggerFactory.getLogger(LetterIndex.class);

  private final Path folder;
  private final String ending;
  private final Function<Path, Optional<Letter>> reader;

  /** By the letter's id, which is its file's name without the ending. */
  private final ConcurrentNavigableMap<String, Entry> entries = new ConcurrentSkipListMap<>();

  /**
   * A letter and its file.
   *
   * @param letter without its original
   */
  record Kept(Letter letter, long bytes) {}

  /**
   * What a file was when it was read.
   *
   * @param letter null when it is none
   */
  private record Entry(@Nullable Letter letter, FileTime modified, long bytes) {

    boolean isStillThat(BasicFileAttributes file) {
      return modified.equals(file.lastModifiedTime()) && bytes == file.size();
    }

    Optional<Kept> kept() {
      return Optional.ofNullable(letter).map(known -> new Kept(known, bytes));
    }
  }

  LetterIndex(Path folder, String ending, Function<Path, Optional<Letter>> reader) {
    this.folder = folder;
    this.ending = ending;
    this.reader = reader;
  }

  /** Looks for new, changed and deleted files. */
  synchronized void refresh() {
    Set<String> there = new HashSet<>();
    visit(
        (file, attributes) -> {
          String name = file.getFileName().toString();
          if (name.endsWith(ending) && !name.startsWith(".")) {
            String id = name.substring(0, name.length() - ending.length());
            there.add(id);
            take(id, file, attributes);
          }
        });
    entries.keySet().retainAll(there);
  }

  private void take(String id, Path file, BasicFileAttributes attributes) {
    Entry known = entries.get(id);
    if (known != null && known.isStillThat(attributes)) {
      return;
    }
    Letter letter =
        reader
            .apply(file)
            .filter(read -> id.equals(read.id()))
            .map(Letter::withoutOriginal)
            .orElse(null);
    if (letter == null) {
      log.warn("{} is no dead letter and is left alone", file);
    }
    entries.put(id, new Entry(letter, attributes.lastModifiedTime(), attributes.size()));
  }

  /** The letters in the order of time, from the one after that with the given id. */
  Stream<Letter> letters(boolean newestFirst, @Nullable String from) {
    NavigableMap<String, Entry> ordered = newestFirst ? entries.descendingMap() : entries;
    return (from == null ? ordered : ordered.tailMap(from, false))
        .values().stream().map(Entry::letter).filter(Objects::nonNull);
  }

  /** All letters, the newest first. */
  List<Kept> kept() {
    return entries.descendingMap().values().stream()
        .map(Entry::kept)
        .flatMap(Optional::stream)
        .toList();
  }

  /** Deletes files whose names begin so and that were not written to since. */
  void deleteUnfinished(String beginning, Instant since) {
    List<Path> old = new ArrayList<>();
    visit(
        (file, attributes) -> {
          if (file.getFileName().toString().startsWith(beginning)
              && attributes.lastModifiedTime().toInstant().isBefore(since)) {
            old.add(file);
          }
        });
    old.forEach(LetterIndex::delete);
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  @FunctionalInterface
  private interface Visit {
    void file(Path file, BasicFileAttributes attributes);
  }

  /** Nothing when there is no folder. */
  private void visit(Visit visit) {
    try {
      Files.walkFileTree(
          folder,
          Set.of(),
          1,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              visit.file(file, attributes);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) throws IOException {
              if (gone instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
              }
              throw gone;
            }
          });
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
