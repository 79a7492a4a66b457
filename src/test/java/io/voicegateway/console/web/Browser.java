package io.voicegateway.console.web;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;

/**
 * Debian's Chromium, without a window. Where there is none, whoever wants it is skipped; the
 * property {@value #REQUIRED} turns that into a failure.
 */
final class Browser implements AutoCloseable {

  static final String REQUIRED = "console.browser";

  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  private final ChromeDriver driver;
  private final String address;

  private Browser(ChromeDriver driver, String address) {
    this.driver = driver;
    this.address = address;
  }

  /** Opens one for the pages of a gateway. */
  static Browser open(int management) {
    if (!Files.isExecutable(CHROMIUM) || !Files.isExecutable(DRIVER)) {
      String none = "No browser: install Debian's packages chromium and chromium-driver.";
      if ("required".equals(System.getProperty(REQUIRED))) {
        throw new AssertionError(none);
      }
      Assumptions.abort(none);
    }
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build();
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
        "--window-size=1280,760");
    return new Browser(new ChromeDriver(service, options), "http://127.0.0.1:" + management);
  }

  void go(String path) {
    driver.get(address + path);
  }

  /** Goes to a page as somebody who logs in on the way. */
  void logIn(String path, String user, String password) {
    go(path);
    find("input[name=username]").sendKeys(user);
    find("input[name=password]").sendKeys(password + Keys.ENTER);
    waitFor(browser -> !browser.path().startsWith("/login"));
  }

  String path() {
    return driver.getCurrentUrl().substring(address.length());
  }

  String text() {
    return find("body").getText();
  }

  WebElement find(String css) {
    return driver.findElement(By.cssSelector(css));
  }

  List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  Object script(String javascript, Object... arguments) {
    return ((JavascriptExecutor) driver).executeScript(javascript, arguments);
  }

  void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** Goes on with the tabulator until it stands on such an element. */
  void tabTo(String css) {
    for (int step = 0; step < 80; step++) {
      press(Keys.TAB);
      if (Boolean.TRUE.equals(script("return document.activeElement.matches(arguments[0])", css))) {
        return;
      }
    }
    throw new AssertionError("the tabulator never comes to " + css + " on " + path());
  }

  void waitFor(Function<Browser, Boolean> condition) {
    org.awaitility.Awaitility.await()
        .ignoreExceptions()
        .atMost(Duration.ofSeconds(20))
        .until(() -> condition.apply(this));
  }

  /** Light or dark, as the operating system would wish it. */
  void prefer(String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  void resize(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  byte[] picture() {
    return driver.getScreenshotAs(OutputType.BYTES);
  }

  /** What the browser complained of, such as a forbidden script. */
  List<String> complaints() {
    return driver.manage().logs().get("browser").getAll().stream()
        .map(entry -> entry.getMessage())
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
