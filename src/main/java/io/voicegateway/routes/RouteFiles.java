package io.voicegateway.routes;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;

/**
 * The files of the routes folder as they were at one moment.
 *
 * @param texts what stands in them, by their names
 */
public record RouteFiles(SortedMap<String, String> texts) {

  private static final String SUFFIX = ".camel.yaml";
  private static final int MOST_BYTES = 1024 * 1024;

  /**
   * Reads the folder, whose files may be links.
   *
   * @throws IOException also when a file goes away meanwhile
   * @throws InvalidRoutes when a file is no text, may not be read or is too large
   */
  static RouteFiles read(Path folder) throws IOException {
    SortedMap<String, String> texts = new TreeMap<>();
    for (Path file : in(folder)) {
      texts.put(file.getFileName().toString(), text(file));
    }
    return new RouteFiles(Collections.unmodifiableSortedMap(texts));
  }

  private static String text(Path file) throws IOException {
    Place place = new Place(file.getFileName().toString(), 0, 0);
    if (Files.size(file) > MOST_BYTES) {
      throw new InvalidRoutes(place, "is larger than %d KiB".formatted(MOST_BYTES / 1024));
    }
    try {
      return Files.readString(file);
    } catch (CharacterCodingException | AccessDeniedException unreadable) {
      throw new InvalidRoutes(place, "cannot be read as a text in UTF-8");
    }
  }

  /** What changes when one of them is written. */
  static List<String> stamps(Path folder) throws IOException {
    List<String> stamps = new ArrayList<>();
    for (Path file : in(folder)) {
      stamps.add(Stamp.of(file));
    }
    return stamps;
  }

  /** Writes them into an empty folder. */
  public void write(Path folder) throws IOException {
    for (Map.Entry<String, String> file : texts.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
  }

  private static List<Path> in(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(RouteFiles::isRoute).sorted().toList();
    }
  }

  private static boolean isRoute(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(SUFFIX) && !name.startsWith(".") && Files.isRegularFile(file);
  }

  /** For Camel, which names them in its messages. */
  List<Resource> resources() {
    return texts.entrySet().stream()
        .map(file -> ResourceHelper.fromString("file:" + file.getKey(), file.getValue()))
        .toList();
  }

  /** Where a name stands last as a whole; nowhere when it does not. */
  Place last(String name) {
    Pattern whole = Pattern.compile("(?<![\\w.-])" + Pattern.quote(name) + "(?![\\w-])");
    Place last = Place.NONE;
    for (Map.Entry<String, String> file : texts.entrySet()) {
      List<String> lines = file.getValue().lines().toList();
      for (int line = 0; line < lines.size(); line++) {
        Matcher found = whole.matcher(lines.get(line));
        if (found.find() && !lines.get(line).strip().startsWith("#")) {
          last = new Place(file.getKey(), line + 1, found.start() + 1);
        }
      }
    }
    return last;
  }

  /** The line of a place with a caret below its column; empty when it has none. */
  String excerpt(Place place) {
    List<String> lines = texts.getOrDefault(place.file(), "").lines().toList();
    if (place.line() < 1 || place.line() > lines.size()) {
      return "";
    }
    String line = lines.get(place.line() - 1);
    return place.column() == 0 ? line : line + "\n" + " ".repeat(place.column() - 1) + "^";
  }
}
