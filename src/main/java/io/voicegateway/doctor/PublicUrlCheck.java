package io.voicegateway.doctor;

import io.voicegateway.call.TlsFault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Whether the gateway answers where Jambonz is told to call it. */
final class PublicUrlCheck {

  private static final String CHECK = "PUBLIC_URL";
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private PublicUrlCheck() {}

  /**
   * A look from this machine, which may not reach what Jambonz reaches.
   *
   * @param url without a path
   */
  static Diagnosis examine(String url) throws InterruptedException {
    HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url.replaceAll("/+$", "") + "/health"))
            .timeout(PATIENCE)
            .build();
    try {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      return answer.body().contains("\"status\"")
          ? Diagnosis.ok(CHECK, "a gateway answers at " + url)
          : Diagnosis.warning(
              CHECK,
              "what answers at %s is no gateway (HTTP %d)".formatted(url, answer.statusCode()),
              "Let the proxy there pass everything on to PORT, or correct PUBLIC_URL.");
    } catch (IOException broken) {
      return TlsFault.words(broken)
          .map(
              fault ->
                  Diagnosis.problem(
                      CHECK,
                      "%s: %s; Jambonz does not call such a server".formatted(url, fault),
                      "Mend the certificate there."))
          .orElse(
              Diagnosis.warning(
                  CHECK,
                  "nothing answers this machine at " + url,
                  "Try it from Jambonz's machine: curl " + url + "/health"));
    }
  }
}
