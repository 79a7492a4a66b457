package io.voicegateway.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.call.record.CallEvent;
import io.voicegateway.call.record.CallEvent.Answered;
import io.voicegateway.call.record.CallEvent.DialEnded;
import io.voicegateway.call.record.CallEvent.Leg;
import io.voicegateway.call.record.CallEvent.Looked;
import io.voicegateway.call.record.CallEvent.Received;
import io.voicegateway.call.record.CallEvent.Registered;
import io.voicegateway.call.record.Finding;
import io.voicegateway.console.web.Drawing.Arrow;
import io.voicegateway.console.web.Drawing.Column;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A call as a picture: where it failed, and who takes part. */
class CallViewTest {

  private static final Instant START = Instant.parse("2026-11-30T10:00:00Z");

  private final List<CallEvent> heard = new ArrayList<>();

  @Test
  void theCauseStandsAtTheRefusalAndNotAtTheLookThatCameAfterIt() {
    dialEnds("failed", 401, "");
    heard.add(new Looked("sid", START.plusSeconds(3), Finding.AGENT_MISSING));

    assertThat(atTheVerdict()).isEqualTo("failed (401)");
    assertThat(view().drawing().arrows())
        .filteredOn(arrow -> arrow.words().contains("did not join"))
        .noneMatch(Arrow::failed);
  }

  @Test
  void theCauseStandsAtTheLookWhereOnlyThatTellsIt() {
    dialEnds("no-answer", 480, "");
    heard.add(new Looked("sid", START.plusSeconds(30), Finding.NO_WORKER));

    assertThat(atTheVerdict()).isEqualTo("nobody took the agent's job");
  }

  @Test
  void aCallThatGoesWellHasNoVerdict() {
    begins();
    heard.add(new Leg("sid", START.plusSeconds(1), "far", true, "in-progress", 200, null, null));
    heard.add(new Leg("sid", START.plusSeconds(9), "sid", false, "completed", 200, "caller", 9));

    assertThat(view().drawing().verdict()).isNull();
    assertThat(view().drawing().arrows()).noneMatch(Arrow::failed);
    assertThat(view().drawing().columns()).extracting(Column::label).doesNotContain("Person");
  }

  @Test
  void aPersonWhoIsDialledInsteadHasAPlaceOfHisOwn() {
    dialEnds("failed", 404, "dial:***671");
    heard.add(new Leg("sid", START.plusSeconds(3), "desk", true, "ringing", 180, null, null));

    assertThat(view().drawing().columns()).extracting(Column::label).endsWith("Person");
    assertThat(view().steps())
        .last()
        .satisfies(step -> assertThat(step.from()).isEqualTo(Place.PERSON));
  }

  @Test
  void whatTookLongerIsFurtherDown() {
    begins();
    heard.add(new Leg("sid", START.plusMillis(400), "far", true, "trying", 100, null, null));
    heard.add(new Leg("sid", START.plusSeconds(20), "far", true, "ringing", 180, null, null));

    List<Arrow> arrows = view().drawing().arrows();
    int last = arrows.size() - 1;
    assertThat(arrows.get(last).y() - arrows.get(last - 1).y())
        .isGreaterThan(arrows.get(1).y() - arrows.get(0).y());
  }

  @Test
  void noWordsReachOverTheLineOfAnotherPlace() {
    dialEnds("a-very-long-status-without-any-blank-in-it-at-all", 480, "");

    List<Arrow> arrows = view().drawing().arrows();
    assertThat(arrows)
        .flatExtracting(Arrow::label)
        .allSatisfy(line -> assertThat(line.words()).hasSizeLessThanOrEqualTo(20));
    assertThat(arrows)
        .filteredOn(arrow -> arrow.words().startsWith("dial ended"))
        .allSatisfy(arrow -> assertThat(arrow.label()).hasSizeGreaterThan(2));
  }

  private void begins() {
    heard.add(
        new Received("sid", START, "+4930555443322", "+15550001000", "inbound", "voice-agent", 0));
    heard.add(new Registered("sid", START.plusMillis(40), 40));
    heard.add(new Answered("sid", START.plusMillis(50), "room", true, 50));
  }

  private void dialEnds(String status, int sip, String next) {
    begins();
    heard.add(new Leg("sid", START.plusSeconds(1), "far", true, status, sip, null, null));
    heard.add(
        new DialEnded(
            "sid",
            START.plusSeconds(2),
            "room",
            "far",
            status,
            sip,
            "in-progress",
            null,
            next,
            !next.isEmpty()));
  }

  private CallView view() {
    return CallView.of(heard, false, START.plusSeconds(60));
  }

  private String atTheVerdict() {
    Drawing drawing = view().drawing();
    return drawing.arrows().stream()
        .filter(arrow -> arrow.label().get(0).y() == drawing.verdict().y() + 15)
        .map(Arrow::words)
        .findFirst()
        .orElse("");
  }
}
