package io.voicegateway.record;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps a folder with an embedded record for one gateway, until it ends in whatever way. */
final class FolderLock implements AutoCloseable {

  private final FileChannel file;

  private FolderLock(FileChannel file) {
    this.file = file;
  }

  /** The folder's only user is another gateway. */
  static final class Taken extends RuntimeException {

    private final Path folder;

    Taken(Path folder) {
      super("another gateway uses " + folder);
      this.folder = folder;
    }

    Path folder() {
      return folder;
    }
  }

  /**
   * Takes the folder.
   *
   * @throws Taken when another gateway has it
   * @throws IOException when nothing can be written there
   */
  static FolderLock take(Path folder) throws IOException {
    FileChannel file =
        FileChannel.open(
            folder.resolve("gateway.lock"),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    if (lock(file) == null) {
      file.close();
      throw new Taken(folder);
    }
    return new FolderLock(file);
  }

  private static @Nullable FileLock lock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException ours) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }
}
