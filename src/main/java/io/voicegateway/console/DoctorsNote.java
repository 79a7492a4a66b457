package io.voicegateway.console;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.voicegateway.doctor.Diagnosis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The last result, kept for whoever looks later: in {@code data/doctor.json}, its owner's only. */
final class DoctorsNote {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Path FOLDER = Path.of("data");

  private DoctorsNote() {}

  static void keep(List<Diagnosis> diagnoses) {
    Map<String, Object> note = new LinkedHashMap<>();
    note.put("at", Instant.now().toString());
    note.put("diagnoses", diagnoses);
    try {
      Files.createDirectories(FOLDER, onlyOwner("rwx------"));
      Path file = Files.createTempFile(FOLDER, "doctor", ".json", onlyOwner("rw-------"));
      Files.write(file, JSON.writeValueAsBytes(note));
      Files.move(file, FOLDER.resolve("doctor.json"), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException notKept) {
      System.err.println("gateway: the result could not be kept in " + FOLDER);
    }
  }

  private static FileAttribute<?> onlyOwner(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }
}
