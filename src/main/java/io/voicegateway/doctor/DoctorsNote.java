package io.voicegateway.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The doctor's last result, kept in a file of its owner's for whoever looks later. */
public record DoctorsNote(Instant at, List<Diagnosis> diagnoses) {

  /** The setting that says in which file. */
  public static final String FILE = "gateway.doctor-note";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  /** Where the result about one call is kept, beside that about everything. */
  public static Path ofCall(Path file) {
    return file.resolveSibling(
        file.getFileName().toString().replaceFirst("(\\.json)?$", "-call.json"));
  }

  /** Keeps it instead of the one before. */
  public void keep(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder, onlyOwner("rwx------"));
    Path written = Files.createTempFile(folder, "doctor", ".json", onlyOwner("rw-------"));
    Files.write(written, JSON.writeValueAsBytes(this));
    Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The one that was kept; nothing when there is none that can be read. */
  public static Optional<DoctorsNote> read(Path file) {
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(file), DoctorsNote.class));
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  private static FileAttribute<?> onlyOwner(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }
}
