package io.voicegateway.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The announcements at {@code /sounds/{name}}: the operator's recordings in the folder {@code
 * sounds}, then the bundled ones. Jambonz's media server asks with HEAD before it asks with GET.
 */
@Component
final class Sounds {

  private static final Pattern NAME = Pattern.compile("\\w[\\w-]*\\.(wav|mp3|ogg)");
  private static final Map<String, String> TYPES =
      Map.of("wav", "audio/wav", "mp3", "audio/mpeg", "ogg", "audio/ogg");
  private static final Path RECORDINGS = Path.of("sounds");

  Sounds(Router router) {
    router
        .route("/sounds/:name")
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .blockingHandler(Sounds::answer, false);
  }

  private static void answer(RoutingContext request) {
    String name = request.pathParam("name");
    try {
      byte[] sound = NAME.matcher(name).matches() ? find(name) : null;
      if (sound == null) {
        request.fail(404);
        return;
      }
      String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
      request
          .response()
          .putHeader(HttpHeaders.CONTENT_TYPE, TYPES.get(ending))
          .putHeader(HttpHeaders.CACHE_CONTROL, "max-age=300")
          .putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(sound.length));
      if (request.request().method().equals(HttpMethod.HEAD)) {
        request.end();
      } else {
        request.end(Buffer.buffer(sound));
      }
    } catch (IOException unreadable) {
      request.fail(unreadable);
    }
  }

  private static byte @Nullable [] find(String name) throws IOException {
    Path recording = RECORDINGS.resolve(name);
    if (Files.isRegularFile(recording)) {
      return Files.readAllBytes(recording);
    }
    try (InputStream bundled = Sounds.class.getResourceAsStream("/sounds/" + name)) {
      return bundled == null ? null : bundled.readAllBytes();
    }
  }
}
