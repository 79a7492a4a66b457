package io.voicegateway.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.GatewayTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.TestPropertySource;

/** The console as people use it, in a real browser. */
@GatewayTest
@TestPropertySource(properties = "gateway.ops.viewer-password=l00k")
class ConsoleBrowserTest {

  private static final String TO = "+15550001000";

  /** WCAG's AA for text of ordinary size. */
  private static final double READABLE = 4.5;

  private static Browser browser;

  @Value("${local.server.port}")
  private int management;

  @Value("${local.gateway.port}")
  private int port;

  private Callers callers;

  @BeforeEach
  void logIn() {
    callers = new Callers(port);
    if (browser == null) {
      browser = Browser.open(management);
      browser.logIn("/", "ops", "s3cret");
    }
  }

  @AfterEach
  void light() {
    browser.prefer("light");
    browser.resize(1280, 760);
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
      browser = null;
    }
  }

  // ---- live

  @Test
  void aCallAppearsChangesAndGoesWithoutTheReload() {
    browser.go("/");
    browser.script("window.sameDocument = true");

    String sid = callers.call("+4930555000901", TO, "Ada");
    browser.waitFor(seen -> seen.text().contains("***901"));
    callers.rings(sid);
    callers.talks(sid);
    browser.waitFor(seen -> row(sid).contains("talking"));
    callers.hangsUp(sid);
    browser.waitFor(seen -> !seen.text().contains("***901"));

    assertThat(browser.script("return window.sameDocument")).isEqualTo(true);
  }

  @Test
  void whoeverStandsOnACallStaysThereWhenAnotherOneComes() {
    String sid = callers.call("+4930555000902", TO, "Ada");
    browser.go("/");
    browser.waitFor(seen -> seen.text().contains("***902"));
    browser.script("document.getElementById(arguments[0]).focus()", "call-" + sid);

    callers.call("+4930555000903", TO, "Ada");
    browser.waitFor(seen -> seen.text().contains("***903"));

    assertThat(browser.script("return document.activeElement.id")).isEqualTo("call-" + sid);
  }

  private String row(String sid) {
    return String.valueOf(
        browser.script(
            "return document.getElementById(arguments[0]).closest('tr').innerText", "call-" + sid));
  }

  // ---- the keyboard alone

  @Test
  void aCallIsFoundAndOpenedWithTheKeyboardAlone() {
    String sid = callers.call("+4930555000904", TO, "Ada");
    callers.fails(sid, 404);
    browser.go("/");

    browser.tabTo("#q");
    browser.press("0904", Keys.ENTER);
    browser.waitFor(seen -> seen.path().startsWith("/console/calls?"));
    browser.tabTo("tbody th a");
    browser.press(Keys.ENTER);

    browser.waitFor(seen -> seen.path().equals("/console/calls/" + sid));
    assertThat(browser.text()).contains("no inbound trunk takes this call");
  }

  @Test
  void theOutageSwitchIsThrownWithTheKeyboardAloneAndNotWithoutASecondLook() {
    browser.go("/");

    browser.tabTo("nav a[href='/console/switches']");
    browser.press(Keys.ENTER);
    browser.waitFor(seen -> seen.path().equals("/console/switches"));
    browser.tabTo("form.card button");
    browser.press(Keys.ENTER);
    browser.waitFor(seen -> seen.find("h1").getText().endsWith("of all numbers?"));
    assertThat(browser.all(".banner")).isEmpty();
    browser.tabTo("button.danger");
    browser.press(Keys.ENTER);
    browser.waitFor(seen -> seen.find(".banner").getText().contains("all numbers"));

    browser.tabTo("td button");
    browser.press(Keys.ENTER);
    browser.waitFor(seen -> seen.find("h1").getText().startsWith("Turn off"));
    browser.tabTo("form.card button");
    browser.press(Keys.ENTER);
    browser.waitFor(seen -> seen.text().contains("No outage switch is on"));
  }

  // ---- for everybody

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void everythingIsReadableInTheLightAndInTheDark(String scheme) {
    String sid = callers.call("+4930555000905", TO, "Ada");
    callers.fails(sid, 404);
    browser.prefer(scheme);

    for (String path : pages(sid)) {
      browser.go(path);
      assertThat(contrasts()).as(scheme + " " + path).isNotEmpty().allSatisfy(this::isReadable);
    }
    Number brightness =
        (Number) browser.script(BRIGHTNESS + "return brightness(colours(document.body)[1])");
    assertThat(brightness.doubleValue() > 0.5).isEqualTo(scheme.equals("light"));
  }

  private void isReadable(String what, double contrast) {
    assertThat(contrast).as(what).isGreaterThanOrEqualTo(READABLE);
  }

  private void isReadable(Map<String, Object> text) {
    isReadable(String.valueOf(text.get("what")), ((Number) text.get("contrast")).doubleValue());
  }

  /** By WCAG's formula, of everything that has a text of its own. */
  @SuppressWarnings("unchecked")
  private List<Map<String, Object>> contrasts() {
    return (List<Map<String, Object>>)
        browser.script(
            BRIGHTNESS
                + """
                return [...document.body.querySelectorAll('*')]
                  .filter(e => !e.closest('svg') && e.getClientRects().length
                    && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
                  .map(e => {
                    const [a, b] = colours(e).map(brightness).sort((x, y) => y - x);
                    return {what: e.tagName + '.' + e.className + ' ' + e.innerText.slice(0, 30),
                      contrast: (a + 0.05) / (b + 0.05)};
                  });
                """);
  }

  private static final String BRIGHTNESS =
      """
      const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
      const ground = e => {
        for (; e; e = e.parentElement) {
          const c = numbers(getComputedStyle(e).backgroundColor);
          if (c.length === 3 || c[3] > 0) return c;
        }
        return [255, 255, 255];
      };
      const colours = e => [numbers(getComputedStyle(e).color), ground(e)];
      const brightness = c => {
        const [r, g, b] = c.slice(0, 3).map(v => v / 255)
          .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      """;

  @Test
  void everythingHasANameAndAPlaceForWhoeverDoesNotSeeIt() {
    String sid = callers.call("+4930555000906", TO, "Ada");
    callers.fails(sid, 404);

    for (String path : pages(sid)) {
      browser.go(path);
      assertThat((List<?>) browser.script(FAULTS)).as(path).isEmpty();
    }
  }

  private static final String FAULTS =
      """
      const faults = [];
      const all = css => [...document.querySelectorAll(css)];
      const say = (wrong, e) => faults.push(wrong + ': ' + e.outerHTML.slice(0, 90));
      const name = e => (e.getAttribute('aria-label') || e.textContent).trim();
      if (document.documentElement.lang !== 'en') faults.push('no language');
      if (!document.title) faults.push('no title');
      if (all('h1').length !== 1) faults.push('not one h1');
      if (all('main').length !== 1 || all('nav[aria-label]').length !== 1) faults.push('landmarks');
      let level = 0;
      all('h1, h2, h3').forEach(h => {
        if (+h.tagName[1] > level + 1) say('a level is left out', h);
        level = +h.tagName[1];
      });
      all('input:not([type=hidden]), select').forEach(e => {
        if (!e.labels.length && !e.getAttribute('aria-label')) say('no label', e);
      });
      all('a, button').forEach(e => { if (!name(e)) say('no name', e); });
      all('th').forEach(e => { if (!e.scope) say('no scope', e); });
      all('svg').forEach(e => {
        const ids = (e.getAttribute('aria-labelledby') || '').split(' ');
        if (e.getAttribute('role') !== 'img' || ids.some(id => !document.getElementById(id)?.textContent))
          say('no description', e);
      });
      all('[aria-labelledby]').forEach(e => e.getAttribute('aria-labelledby').split(' ').forEach(id => {
        if (!document.getElementById(id)) say('names nothing', e);
      }));
      all('[tabindex]').forEach(e => { if (e.tabIndex > 0) say('an order of its own', e); });
      const ids = all('[id]').map(e => e.id);
      ids.filter((id, i) => ids.indexOf(id) !== i).forEach(id => faults.push('twice: ' + id));
      return faults;
      """;

  @Test
  void whoeverUsesTheKeyboardSeesWhereHeIs() {
    browser.go("/console/switches");
    browser.tabTo("form.card button");

    assertThat(browser.script("return getComputedStyle(document.activeElement).outlineWidth"))
        .isEqualTo("2px");
  }

  @Test
  void aPhoneShowsEveryPageInItsWidth() {
    String sid = callers.call("+4930555000907", TO, "Ada");
    callers.fails(sid, 404);
    browser.resize(375, 700);

    for (String path : pages(sid)) {
      browser.go(path);
      assertThat((Long) browser.script("return document.documentElement.scrollWidth"))
          .as(path)
          .isLessThanOrEqualTo(375);
    }
  }

  @Test
  void theBrowserForbidsNothingOnAnyPage() {
    String sid = callers.call("\"><img src=x onerror=alert(1)>", TO, "<script>alert(1)</script>");
    browser.complaints();

    for (String path : pages(sid)) {
      browser.go(path);
    }
    browser.go("/");
    browser.waitFor(seen -> seen.text().contains("dialling"));

    assertThat(browser.complaints()).isEmpty();
  }

  private static List<String> pages(String sid) {
    return List.of(
        "/",
        "/console/calls",
        "/console/calls/" + sid,
        "/console/letters",
        "/console/switches",
        "/console/routes",
        "/console/doctor");
  }
}
