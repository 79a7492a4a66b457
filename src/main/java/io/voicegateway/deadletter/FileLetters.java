package io.voicegateway.deadletter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.voicegateway.deadletter.Letter.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/** Dead letters as files of a folder, one each, for their owner only. */
@Component
final class FileLetters implements LetterStore {

  private static final JsonMapper JSON = new JsonMapper();

  /** How a file begins that is being written, here and by the route of the dead letters. */
  static final String UNFINISHED = ".inprogress-";

  private static final String ENDING = ".json";

  private final Path folder;
  private final LetterIndex index;
  private final Set<String> claimed = ConcurrentHashMap.newKeySet();

  FileLetters(LetterSettings settings) {
    this.folder = settings.directory();
    this.index = new LetterIndex(folder, ENDING, FileLetters::read);
  }

  @Override
  public Page page(Wanted wanted) {
    index.refresh();
    return new Page(
        index
            .letters(wanted.newestFirst(), wanted.from())
            .filter(letter -> wanted.state() == null || letter.state() == wanted.state())
            .filter(letter -> wanted.cause() == null || letter.cause().equals(wanted.cause()))
            .limit(wanted.limit())
            .toList(),
        kinds(),
        waitingLetters().count());
  }

  private List<Kind> kinds() {
    return waitingLetters()
        .map(letter -> new Kind(letter.cause(), letter.entry(), letter.unreadable(), 0))
        .collect(Collectors.groupingBy(kind -> kind, Collectors.counting()))
        .entrySet()
        .stream()
        .map(
            (Map.Entry<Kind, Long> one) ->
                new Kind(
                    one.getKey().cause(),
                    one.getKey().entry(),
                    one.getKey().unreadable(),
                    one.getValue()))
        .sorted(Comparator.comparing(Kind::count).reversed())
        .limit(Page.MOST_KINDS)
        .toList();
  }

  private Stream<Letter> waitingLetters() {
    return index.letters(true, null).filter(letter -> letter.state() == State.WAITING);
  }

  @Override
  public long waiting() {
    index.refresh();
    return waitingLetters().count();
  }

  @Override
  public Optional<Letter> find(String id) {
    return read(file(id));
  }

  private static Optional<Letter> read(Path file) {
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(file), Letter.class));
    } catch (NoSuchFileException | JsonProcessingException noLetter) {
      return Optional.empty();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** A letter as its file holds it. */
  static byte[] bytes(Letter letter) throws JsonProcessingException {
    return JSON.writeValueAsBytes(letter);
  }

  /** The whole file or nothing. */
  @Override
  public void save(Letter letter) {
    Path unfinished = folder.resolve(UNFINISHED + letter.id() + ENDING);
    try {
      Files.createDirectories(folder);
      Files.deleteIfExists(unfinished);
      Files.createFile(
          unfinished,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(unfinished, bytes(letter));
      Files.move(unfinished, file(letter.id()), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException unwritable) {
      FileSystemUtils.deleteRecursively(unfinished.toFile());
      throw new UncheckedIOException(unwritable);
    }
  }

  @Override
  public boolean claim(String id) {
    if (!claimed.add(id)) {
      return false;
    }
    boolean waits = find(id).map(letter -> letter.state() == State.WAITING).orElse(false);
    if (!waits) {
      release(id);
    }
    return waits;
  }

  @Override
  public void release(String id) {
    claimed.remove(id);
  }

  @Override
  public int forget(Limits limits) {
    index.refresh();
    List<LetterIndex.Kept> excess = Excess.of(index.kept(), limits);
    excess.forEach(kept -> delete(kept.letter().id()));
    return (int) excess.stream().filter(kept -> kept.letter().state() == State.WAITING).count();
  }

  /** One that somebody has to himself stays. */
  private void delete(String id) {
    if (claimed.add(id)) {
      remove(id);
      release(id);
    }
  }

  /** Hands a letter over to another place, unless somebody has it to himself. */
  void handOver(String id, Consumer<Letter> place) {
    if (!claimed.add(id)) {
      return;
    }
    try {
      find(id)
          .ifPresent(
              letter -> {
                place.accept(letter);
                remove(id);
              });
    } finally {
      release(id);
    }
  }

  private void remove(String id) {
    try {
      Files.deleteIfExists(file(id));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /** Deletes what was begun long ago and never finished, as when the disk was full. */
  void deleteUnfinished(Instant before) {
    index.deleteUnfinished(UNFINISHED, before);
  }

  private Path file(String id) {
    return folder.resolve(id + ENDING);
  }
}
