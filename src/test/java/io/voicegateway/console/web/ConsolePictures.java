package io.voicegateway.console.web;

import io.voicegateway.GatewayTest;
import io.voicegateway.Hooks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.TestPropertySource;

/**
 * Makes the pictures in {@code docs/console}:
 *
 * <pre>mvn test -Dtest=ConsolePictures -Dconsole.pictures=docs/console</pre>
 */
@GatewayTest
@TestPropertySource(
    properties = "gateway.dead-letters.directory=target/dead-letters/console-pictures")
@EnabledIfSystemProperty(named = "console.pictures", matches = ".+")
class ConsolePictures {

  @Value("${local.server.port}")
  private int management;

  @Value("${local.gateway.port}")
  private int port;

  @Test
  void picturesOfTheConsole() throws IOException {
    Hooks.burnLetters(Path.of("target/dead-letters/console-pictures"));
    Callers callers = new Callers(port);
    try (Browser browser = Browser.open(management)) {
      browser.resize(1280, 640);
      browser.logIn("/", "ops", "s3cret");
      keep(browser, "empty");
      String failed = busy(callers);
      browser.waitFor(seen -> seen.all("tbody tr").size() > 8 && seen.all(".causes li").size() > 2);
      keep(browser, "busy");
      browser.prefer("dark");
      keep(browser, "busy-dark");
      browser.prefer("light");
      browser.resize(1280, 980);
      browser.go("/console/calls/" + failed);
      keep(browser, "failed-call");
      browser.resize(1280, 640);
      browser.go("/console/letters");
      keep(browser, "dead-letters");
    }
  }

  /** Some that talk, ring and are dialled, and some that failed; the id of one of these. */
  private static String busy(Callers callers) {
    String failed = "";
    for (int i = 0; i < 5; i++) {
      failed = callers.call("+493055501%02d".formatted(i * 7), "+15550001000", "Ada");
      callers.fails(failed, i < 3 ? 404 : 401);
    }
    String media = callers.call("+49305550199", "+15550001000", "Ada");
    callers.fails(media, 488);
    for (int i = 0; i < 9; i++) {
      String sid = callers.call("+4930555200%02d".formatted(i * 11), "+15550001000", "Ada");
      if (i > 1) {
        callers.rings(sid);
      }
      if (i > 3) {
        callers.talks(sid);
      }
    }
    for (String from : new String[] {"+49305550177", "+49305550178", "+49305550179"}) {
      callers.isNotUnderstood(from);
    }
    return failed;
  }

  private static void keep(Browser browser, String name) throws IOException {
    Path folder = Files.createDirectories(Path.of(System.getProperty("console.pictures")));
    Files.write(folder.resolve(name + ".png"), browser.picture());
  }
}
