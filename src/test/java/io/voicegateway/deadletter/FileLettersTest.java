package io.voicegateway.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicegateway.deadletter.Letter.State;
import io.voicegateway.deadletter.LetterStore.Limits;
import io.voicegateway.deadletter.LetterStore.Wanted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Dead letters as files of a folder. */
class FileLettersTest {

  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  private static final Limits NO_LIMITS = new Limits(Instant.EPOCH, 1_000_000, Long.MAX_VALUE);

  @TempDir private Path folder;

  private FileLetters letters;

  @BeforeEach
  void prepare() {
    letters = in(folder);
  }

  @Test
  void aLetterIsReadAsItWasWrittenAndIsItsOwners() throws IOException {
    Letter letter = letter(1, "down", "{\"a\": \"\u0000é\"}");
    letters.save(letter);

    assertThat(letters.find(letter.id())).contains(letter);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(FileLettersTest::rights)).containsExactly("rw-------");
    }
  }

  @Test
  void itIsGivenToOneAtATimeAndOnlyWhileItWaits() {
    Letter letter = letter(1, "down", "x");
    letters.save(letter);

    assertThat(letters.claim(letter.id())).isTrue();
    assertThat(letters.claim(letter.id())).isFalse();
    letters.save(letter.replayed(NOW, "ops"));
    letters.release(letter.id());

    assertThat(letters.claim(letter.id())).isFalse();
    assertThat(letters.claim("unknown")).isFalse();
  }

  @Test
  void tenThousandLettersAreListedInAMomentAndOnlyNewOnesAreRead() throws IOException {
    byte[] body = FileLetters.bytes(letter(0, "down", "x".repeat(1000)));
    String text = new String(body, StandardCharsets.UTF_8);
    for (int i = 0; i < 10_000; i++) {
      Files.writeString(folder.resolve(id(i) + ".json"), text.replace(id(0), id(i)));
    }
    Wanted newest = new Wanted(State.WAITING, null, true, null, 50);
    assertThat(letters.page(newest).letters()).hasSize(50);
    letters.save(letter(10_000, "up", "y"));

    long began = System.nanoTime();
    LetterStore.Page page = letters.page(newest);
    Duration took = Duration.ofNanos(System.nanoTime() - began);

    assertThat(page.letters().get(0).id()).isEqualTo(id(10_000));
    assertThat(page.waiting()).isEqualTo(10_001);
    assertThat(page.kinds())
        .containsExactly(
            new LetterStore.Kind("down", "route", false, 10_000),
            new LetterStore.Kind("up", "route", false, 1));
    assertThat(took).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void whatIsChangedOrDeletedFromOutsideIsSeen() throws IOException {
    letters.save(letter(1, "down", "x"));
    letters.save(letter(2, "down", "x"));
    assertThat(letters.waiting()).isEqualTo(2);

    in(folder).save(letter(1, "down", "x").replayed(NOW, "another"));
    Files.delete(folder.resolve(id(2) + ".json"));

    assertThat(letters.waiting()).isZero();
  }

  @Test
  void filesThatAreNoLettersAreLeftAlone() throws IOException {
    Files.writeString(folder.resolve("other.json"), "{\"id\": \"another\"}");
    Files.writeString(folder.resolve("half.json"), "{\"id\": ");
    Files.writeString(folder.resolve(".inprogress-x.json"), "{");
    letters.save(letter(1, "down", "x"));

    assertThat(all()).containsExactly(id(1));
    assertThat(letters.forget(new Limits(Instant.MAX, 0, 0))).isOne();
    assertThat(Files.exists(folder.resolve("other.json"))).isTrue();
  }

  @Test
  void whatIsTooOldIsForgottenAndOfTooManyFirstWhatWasHandled() {
    letters.save(letter(1, "down", "x"));
    letters.save(letter(2, "down", "x"));
    letters.save(letter(3, "down", "x").replayed(NOW, "ops"));
    letters.save(letter(4, "down", "x"));

    assertThat(letters.forget(new Limits(NOW.plusSeconds(2), 100, Long.MAX_VALUE))).isOne();
    assertThat(all()).containsExactly(id(4), id(3), id(2));
    assertThat(letters.forget(new Limits(Instant.EPOCH, 2, Long.MAX_VALUE))).isZero();
    assertThat(all()).containsExactly(id(4), id(2));
    assertThat(letters.forget(new Limits(Instant.EPOCH, 1, Long.MAX_VALUE))).isOne();
    assertThat(all()).containsExactly(id(4));
    assertThat(letters.forget(new Limits(Instant.EPOCH, 100, 10))).isOne();
    assertThat(all()).isEmpty();
  }

  @Test
  void aLetterThatSomebodyHasToHimselfIsNotForgotten() {
    letters.save(letter(1, "down", "x"));
    letters.claim(id(1));

    letters.forget(new Limits(NOW.plusSeconds(60), 0, 0));

    assertThat(all()).containsExactly(id(1));
  }

  @Test
  void whatWasNeverFinishedIsDeletedLater() throws IOException {
    Path old = Files.writeString(folder.resolve(".inprogress-old.json"), "{");
    Files.setLastModifiedTime(old, FileTime.from(NOW.minusSeconds(7200)));
    Path young = Files.writeString(folder.resolve(".inprogress-young.json"), "{");
    Files.setLastModifiedTime(young, FileTime.from(NOW));

    letters.deleteUnfinished(NOW.minusSeconds(3600));

    assertThat(old).doesNotExist();
    assertThat(young).exists();
  }

  @Test
  void aFolderThatCannotBeWrittenToIsToldAndALetterStaysWhole() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(() -> in(file).save(letter(1, "down", "x")))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(in(folder.resolve("none")).waiting()).isZero();
    assertThat(letters.forget(NO_LIMITS)).isZero();
  }

  private List<String> all() {
    return letters.page(new Wanted(null, null, true, null, 100)).letters().stream()
        .map(Letter::id)
        .toList();
  }

  private static String rights(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException gone) {
      return gone.toString();
    }
  }

  private static FileLetters in(Path folder) {
    return new FileLetters(new LetterSettings(folder, Duration.ZERO, 0, DataSize.ofBytes(0)));
  }

  private static String id(int number) {
    return "20261130-120000000-%06d".formatted(number);
  }

  private static Letter letter(int number, String cause, String body) {
    return new Letter(
        id(number),
        NOW.plusSeconds(number).toString(),
        "route",
        "step",
        cause,
        "sid",
        "application/json",
        body,
        null,
        "route",
        null,
        false,
        State.WAITING,
        0,
        List.of());
  }
}
