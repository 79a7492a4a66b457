package io.voicegateway.operator;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;
import java.util.stream.Collectors;

/** A password that the gateway made, in a file that its owner alone can read. */
public final class KeptPassword {

  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNERS_FOLDER =
      PosixFilePermissions.fromString("rwx------");

  /** No two look alike. */
  private static final String LETTERS = "abcdefghjkmnpqrstvwxyz23456789";

  private static final int GROUPS = 6;
  private static final int LETTERS_IN_GROUP = 5;

  private KeptPassword() {}

  /** What the file holds; empty when there is none, or when it is somebody else's. */
  public static String read(Path file) {
    try {
      return Files.isReadable(file) ? Files.readString(file).strip() : "";
    } catch (IOException unreadable) {
      return "";
    }
  }

  /**
   * Writes one down, unless there is one already, which may be that of a gateway that starts in the
   * same moment.
   *
   * @return what the file holds now
   */
  static synchronized String keep(Path file, String made) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder, only(OWNERS_FOLDER));
    }
    try (FileChannel channel =
            FileChannel.open(
                file,
                Set.of(
                    StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                only(OWNERS));
        FileLock alone = channel.lock()) {
      Files.setPosixFilePermissions(file, OWNERS);
      ByteBuffer before = ByteBuffer.allocate((int) channel.size());
      channel.read(before, 0);
      String kept = new String(before.array(), StandardCharsets.UTF_8).strip();
      if (alone.isValid() && kept.isEmpty()) {
        channel.write(ByteBuffer.wrap((made + "\n").getBytes(StandardCharsets.UTF_8)), 0);
        return made;
      }
      return kept;
    }
  }

  /** A new one, of about 147 bits. */
  static String make() {
    SecureRandom random = new SecureRandom();
    return random
        .ints((long) GROUPS * LETTERS_IN_GROUP, 0, LETTERS.length())
        .mapToObj(letter -> LETTERS.substring(letter, letter + 1))
        .collect(Collectors.joining())
        .replaceAll("(.{%d})(?=.)".formatted(LETTERS_IN_GROUP), "$1-");
  }

  private static FileAttribute<?> only(Set<PosixFilePermission> permissions) {
    return PosixFilePermissions.asFileAttribute(permissions);
  }
}
