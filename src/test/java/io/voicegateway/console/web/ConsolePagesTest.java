package io.voicegateway.console.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voicegateway.GatewayTest;
import io.voicegateway.Hooks;
import io.voicegateway.Hooks.Reply;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.TestPropertySource;

/** What stands on the console's pages, and for whom. */
@GatewayTest
@TestPropertySource(
    properties = {
      "gateway.ops.viewer-password=l00k",
      "gateway.dead-letters.directory=target/dead-letters/console",
      "gateway.doctor-note=target/console-doctor/doctor.json"
    })
class ConsolePagesTest {

  private static final String OPERATOR = basic("ops:s3cret");
  private static final String VIEWER = basic("viewer:l00k");
  private static final Duration SOON = Duration.ofSeconds(20);

  private static final String FROM = "+4930555443322";
  private static final String TO = "+15550001000";

  @Value("${local.server.port}")
  private int management;

  @Value("${local.gateway.port}")
  private int port;

  private Callers callers;
  private Hooks console;

  @BeforeEach
  void begin() {
    Hooks.burnLetters(Path.of("target/dead-letters/console"));
    callers = new Callers(port);
    console = new Hooks(management);
  }

  // ---- calls

  @Test
  void callsUnderWayAreShownWithTheirNumbersMasked() {
    String sid = callers.call(FROM, TO, "Ada");

    await().atMost(SOON).until(() -> page("/").contains(sid));

    assertThat(page("/")).contains("***322").doesNotContain(FROM).doesNotContain("555443");
  }

  @Test
  void aFailedCallShowsWhereItFailedWhyAndWhatToDo() {
    String sid = failed(404);

    String page = page("/console/calls/" + sid);

    assertThat(page)
        .contains("LiveKit answered 404: no inbound trunk takes this call.")
        .contains("<strong>What to do:</strong> Make the inbound trunk");
    assertThat(page)
        .containsPattern("<g class=\"step failed\">[^g]*?<text class=\"ms\"")
        .containsPattern("<text class=\"cause\"[^>]*>LiveKit answered 404")
        .containsPattern("<title id=\"drawing-title\">.*?</title>")
        .containsPattern("(?s)<desc id=\"drawing-told\">.*LiveKit to Jambonz: failed \\(404\\)");
  }

  @Test
  void aCallSaysWhichEntryOfTheNumberPlanDecidedAndWhoNamedItsAgent() {
    String sid = callers.call(FROM, TO, "Ada");
    await().atMost(SOON).until(() -> page("/console/calls?q=" + sid).contains("/calls/" + sid));

    assertThat(page("/console/calls/" + sid))
        .contains("<dt>Number plan</dt><dd>entry <code>*</code>")
        .contains("voice-agent <span class=\"muted\">by AGENT_NAME</span>");
    String planned = callers.call(FROM, "+15550007777", "Ada");
    await().atMost(SOON).until(() -> page("/console/calls?q=" + planned).contains("special-agent"));
    assertThat(page("/console/calls/" + planned))
        .contains("by agent of entry ***777 in application.yaml")
        .doesNotContain("0007777");
  }

  @Test
  void failuresOfTheLastHourAreCountedByCause() {
    failed(488);
    failed(488);

    await()
        .atMost(SOON)
        .until(() -> page("/").contains("2 calls: LiveKit answered 488: no common codec"));
  }

  @Test
  void whatTheOutageSwitchTurnedAwayIsNoFailure() {
    form("/console/switches", "on=true&scope=number&whose=%2B15550009124");
    String sid = callers.call(FROM, "+15550009124", "Ada");
    callers.fails(sid, 480);
    await().atMost(SOON).until(() -> page("/").contains("calls as ordered: The outage switch"));

    form("/console/switches", "on=false&scope=row&whose=***124&at=" + thrownAt());
    assertThat(page("/console/calls/" + sid))
        .contains("<span class=\"state ordered\">as ordered</span>")
        .doesNotContain("class=\"verdict bad\"");
    assertThat(page("/console/calls?q=" + sid))
        .contains("<span class=\"state ordered\">as ordered</span>")
        .doesNotContain("state failed");
    assertThat(page("/")).doesNotContain("calls: The outage switch");
  }

  @Test
  void aCallIsFoundByTheEndOfItsNumberByItsIdAndByItsCause() {
    String sid = failed("+4930777123987", 401);
    failed(404);

    for (String query :
        new String[] {
          "q=3987", "q=%2B4930777123987", "q=" + sid.substring(0, 20), "cause=wrong_password"
        }) {
      assertThat(page("/console/calls?" + query))
          .as(query)
          .contains("/console/calls/" + sid)
          .containsOnlyOnce("<th scope=\"row\">");
    }
    assertThat(page("/console/calls?q=%2B4930777"))
        .contains("No call fits.", "by the last digits", "not by a number&#39;s first digits");
  }

  @Test
  void whatCannotBeLookedForIsSaidOnAPage() {
    Reply reply = get("/console/calls?q=12", OPERATOR);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).contains("Look for at least three characters.");
    assertThat(get("/console/calls/unknown", OPERATOR).body()).contains("Nothing is known");
  }

  @Test
  void onlyAnOperatorSeesWholeNumbersAndOnlyWhenHeAsksForThem() {
    String sid = failed(404);

    assertThat(page("/console/calls/" + sid)).doesNotContain("555443").contains("name=\"full\"");
    assertThat(page("/console/calls/" + sid + "?full=true")).contains(FROM).contains(TO);
    assertThat(get("/console/calls/" + sid, VIEWER).body()).doesNotContain("name=\"full\"");
    assertThat(get("/console/calls/" + sid + "?full=true", VIEWER).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "x' onx=1>"})
  void whatACallerChoosesNeverBecomesPartOfAPage(String hostile) {
    String sid = callers.call(hostile, TO, hostile);
    await().atMost(SOON).until(() -> page("/").contains(sid));

    for (String path :
        new String[] {
          "/", "/console/calls", "/console/calls/" + sid, "/console/calls/" + sid + "?full=true"
        }) {
      assertThat(page(path)).as(path).doesNotContain("<img").doesNotContain("onx=1>");
      assertThat(page(path)).doesNotContain("alert(1)</script>").doesNotContain("\"><img");
    }
    assertThat(page("/console/calls?q=" + encoded(hostile))).doesNotContain(hostile);
  }

  // ---- switches

  @Test
  void aViewerIsOfferedNothingThatChangesAnything() {
    callers.call(FROM, TO, "Ada");

    for (String path : new String[] {"/", "/console/calls", "/console/switches"}) {
      String page = get(path, VIEWER).body();
      assertThat(posts(page)).as(path).containsExactly("/logout");
      assertThat(page).contains("viewer");
    }
    assertThat(console.post("/console/switches", new byte[0], "", "Authorization", VIEWER).status())
        .isEqualTo(403);
  }

  @Test
  void aSwitchThatWasThrownIsShownOnEveryPageWithWhoThrewItAndWhen() {
    form("/console/switches", "on=true&scope=number&whose=%2B15550009123");
    try {
      assertThat(page("/console/switches")).contains("***123").contains("<td>ops</td>");
      assertThat(page("/console/routes")).contains("outage switch is on</strong> for ***123");
      assertThat(page("/console/switches")).doesNotContain("5550009");
    } finally {
      form("/console/switches", "on=false&scope=row&whose=***123&at=" + thrownAt());
    }
    assertThat(page("/console/switches")).contains("No outage switch is on");
  }

  @Test
  void aSwitchThatSomebodyThrewMeanwhileIsNotTurnedOff() {
    form("/console/switches", "on=true&scope=all");
    try {
      Reply reply =
          form("/console/switches", "on=false&scope=row&whose=all+numbers&at=2026-01-01T00:00:00Z");

      assertThat(reply.status()).isEqualTo(409);
      assertThat(page("/console/switches")).contains("<th scope=\"row\">all numbers</th>");
    } finally {
      form("/console/switches", "on=false&scope=row&whose=all+numbers&at=" + thrownAt());
    }
  }

  @Test
  void whoeverTypesANumberIsNotAskedAboutAllOfThem() {
    Reply reply = form("/console/switches/confirm", "on=true&scope=all&number=%2B15550009123");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).contains("All numbers are chosen, and a number stands there");
  }

  @Test
  void aNumberThatIsNotInThePlanIsPointedOutBeforeItsSwitchIsThrown() {
    assertThat(
            form("/console/switches/confirm", "on=true&scope=number&number=%2B15550009123").body())
        .contains("***123 is not in the number plan; switched anyway.");
    assertThat(form("/console/switches/confirm", "on=true&scope=all").body())
        .doesNotContain("not in the number plan");
  }

  private String thrownAt() {
    return first(page("/console/switches"), "name=\"at\" value=\"([^\"]+)\"");
  }

  // ---- dead letters

  @Test
  void aDeadLetterIsShownWithItsOriginalMaskedAndIsGivenUpOnlyByAnOperator() {
    String id = letter("\"><img src=x onerror=alert(1)>");

    String page = page("/console/letters/" + id);
    assertThat(page).contains("<h2 id=\"original\">").contains("***322");
    assertThat(page).doesNotContain("555443").doesNotContain("<img");
    assertThat(page("/console/letters/" + id + "?full=true")).contains(FROM).doesNotContain("<img");
    assertThat(posts(get("/console/letters/" + id, VIEWER).body())).containsExactly("/logout");
    assertThat(posts(get("/console/letters", VIEWER).body())).containsExactly("/logout");

    assertThat(form("/console/letters/" + id + "/discard", "").status()).isEqualTo(303);
    assertThat(page("/console/letters/" + id))
        .contains("state discarded")
        .containsPattern("<th scope=\"row\"><time [^>]*>(\\d+ \\w+, )?\\d\\d:\\d\\d:\\d\\d</time>");
    assertThat(page("/console/letters")).doesNotContain(id);
    assertThat(page("/console/letters?state=discarded")).contains(id);
  }

  @Test
  void whatCannotBeReplayedSaysWhy() {
    String id = letter("Ada");

    assertThat(page("/console/letters/" + id)).doesNotContain("/replay\"");
    assertThat(page("/console/letters"))
        .contains("call_sid is missing")
        .doesNotContain("Replay all");
    assertThat(after(form("/console/letters/" + id + "/replay", "")))
        .containsPattern("<p class=\"notice\" role=\"status\">[^<]+</p>");
    assertThat(after(form("/console/letters/replay", "cause=call_sid+is+missing")))
        .contains("0 replayed, 1 not.");
    assertThat(get("/console/letters/unknown", OPERATOR).status()).isEqualTo(404);
  }

  @Test
  void whoeverSentAFormIsLedToAPageThatCanBeLoadedAgainAndHtmxGetsItsContent() {
    String id = letter("Ada");

    Reply form = form("/console/letters/" + id + "/discard", "");
    assertThat(form.status()).isEqualTo(303);
    assertThat(form.location()).startsWith("/console/letters/" + id);
    assertThat(after(form)).contains("It was discarded.");
    assertThat(after(form)).contains("It was discarded.");

    Reply htmx =
        console.post(
            "/console/letters/" + id + "/discard",
            new byte[0],
            "",
            "Authorization",
            OPERATOR,
            "HX-Request",
            "true");
    assertThat(htmx.status()).isEqualTo(200);
    assertThat(htmx.body()).contains("It was discarded before; nothing was done.");
  }

  private String after(Reply form) {
    return page(form.location());
  }

  @Test
  void theLivePageTellsOfDeadLettersThatWait() {
    String id = letter("Ada");

    await().atMost(SOON).until(() -> page("/").contains("1 dead letter waits"));

    form("/console/letters/" + id + "/discard", "");
    await().atMost(SOON).until(() -> !page("/").contains("dead letter waits"));
  }

  /** A hook that nobody can read, as it has no call id; the letter's id. */
  private String letter(String header) {
    new Hooks(port)
        .post(
            "/livekit-api",
            "{\"from\": \"%s\", \"to\": \"%s\", \"sip\": {\"headers\": {\"X-Who\": \"%s\"}}}"
                .formatted(FROM, TO, header.replace("\"", "\\\""))
                .getBytes(StandardCharsets.UTF_8),
            "application/json");
    return await()
        .atMost(SOON)
        .until(
            () -> first(page("/console/letters"), "href=\"/console/letters/([^\"?]+)\""),
            id -> !id.isEmpty());
  }

  // ---- routes and doctor

  @Test
  void theRoutesThatAreServedStandThere() {
    assertThat(page("/console/routes"))
        .contains("<code>livekit-api.camel.yaml</code>")
        .contains("nothing was rejected");
  }

  @Test
  void theDoctorsLastResultStandsThereWithItsAge() throws Exception {
    Path note = Path.of("target/console-doctor/doctor.json");
    Files.deleteIfExists(note);
    assertThat(page("/console/doctor")).contains("./gateway doctor");
    Files.createDirectories(note.getParent());
    Files.writeString(
        note,
        """
        {"at": "2026-11-30T10:00:00Z", "diagnoses": [
          {"level": "problem", "check": "LiveKit", "words": "does not answer", "advice": "Look at it."},
          {"level": "ok", "check": "clock", "words": "right"}]}""");

    assertThat(page("/console/doctor"))
        .contains("does not answer")
        .contains("Look at it.")
        .containsPattern("state problem")
        .containsPattern("\\d+ (min|h|days) ago|under a minute ago");

    Path ofCall = Path.of("target/console-doctor/doctor-call.json");
    Files.move(note, ofCall, StandardCopyOption.REPLACE_EXISTING);
    assertThat(page("/console/doctor"))
        .contains("The call that was asked about", "does not answer", "--call CALL_SID");
    Files.delete(ofCall);
  }

  // ---- all pages

  @Test
  void nothingComesFromElsewhereAndNothingIsMissing() {
    for (String path :
        new String[] {
          "/", "/console/calls", "/console/switches", "/console/routes", "/console/doctor"
        }) {
      String page = page(path);
      assertThat(page).as(path).doesNotContain(" style=").doesNotContain("<style");
      assertThat(page)
          .doesNotContainPattern("<script(?![^>]*src=)")
          .doesNotContainPattern(" on\\w+=");
      assertThat(found(page, "(?:src|href)=\"([^\"#]+)\""))
          .as(path)
          .isNotEmpty()
          .allMatch(address -> address.startsWith("/") && !address.startsWith("//"));
      assertThat(found(page, "<(?:script|link)[^>]*(?:src|href)=\"([^\"]+)\""))
          .allSatisfy(asset -> assertThat(get(asset, OPERATOR).status()).as(asset).isEqualTo(200));
    }
    Reply reply = get("/", OPERATOR);
    assertThat(reply.contentType()).isEqualTo("text/html;charset=UTF-8");
  }

  // ---- asking

  private String failed(int sip) {
    return failed(FROM, sip);
  }

  private String failed(String from, int sip) {
    String sid = callers.call(from, TO, "Ada");
    callers.fails(sid, sip);
    await()
        .atMost(SOON)
        .until(() -> page("/console/calls/" + sid).contains("class=\"verdict bad\""));
    return sid;
  }

  private String page(String path) {
    return get(path, OPERATOR).body();
  }

  private Reply get(String path, String login) {
    return console.get(path, "Authorization", login, "Accept", "text/html,*/*");
  }

  private Reply form(String path, String fields) {
    return console.post(
        path,
        fields.getBytes(StandardCharsets.UTF_8),
        "application/x-www-form-urlencoded",
        "Authorization",
        OPERATOR);
  }

  private static Stream<String> posts(String page) {
    return found(page, "<form[^>]*action=\"([^\"]+)\" method=\"post\"");
  }

  private static String first(String page, String pattern) {
    return found(page, pattern).findFirst().orElse("");
  }

  private static Stream<String> found(String page, String pattern) {
    return Pattern.compile(pattern).matcher(page).results().map((MatchResult one) -> one.group(1));
  }

  private static String encoded(String text) {
    return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String basic(String login) {
    return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }
}
