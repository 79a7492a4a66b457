package io.voicegateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.voicegateway.TestClock;
import io.voicegateway.call.OutageBook;
import io.voicegateway.call.OutageSwitch;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The outage switches of gateways that share a book. */
@ExtendWith(OutputCaptureExtension.class)
class OutagesTest {

  private static final String NUMBER = "+15550001000";

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-25T10:00:00Z"));
  private final Book book = new Book();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Outages here = new Outages(book, new TestClock(now), meters);
  private final Outages there = new Outages(book, new TestClock(now), new SimpleMeterRegistry());

  @Test
  void aSwitchIsForOneNumberOrForAll() {
    here.set(NUMBER, true, "ops");
    assertThat(here.isOn(NUMBER)).isTrue();
    assertThat(here.isOn("+15550001001")).isFalse();

    here.set("*", true, "ops");
    assertThat(here.isOn("+15550001001")).isTrue();
  }

  @Test
  void theOtherGatewaySeesWhatWasThrown() {
    here.set("*", true, "ops");
    there.synchronise();
    assertThat(there.isOn(NUMBER)).isTrue();
    assertThat(there.switchedOn()).containsExactly(new OutageSwitch("*", true, "ops", now.get()));

    there.set("*", false, "ops");
    here.synchronise();
    assertThat(here.isOn(NUMBER)).isFalse();
  }

  @Test
  void twoChangesInTheSameInstantKeepTheirOrder() {
    here.set("*", true, "ops");
    here.set("*", false, "ops");
    there.synchronise();

    assertThat(here.isOn(NUMBER)).isFalse();
    assertThat(there.isOn(NUMBER)).isFalse();
  }

  @Test
  void withoutTheBookASwitchWorksHereAndIsWrittenDownLater() {
    book.away = true;
    here.set("*", true, "ops");
    assertThat(here.isOn(NUMBER)).isTrue();
    assertThat(here.isWritten()).isFalse();

    book.away = false;
    here.synchronise();
    there.synchronise();

    assertThat(here.isWritten()).isTrue();
    assertThat(there.isOn(NUMBER)).isTrue();
  }

  @Test
  void theLaterChangeCountsWhenBothThrewItWithoutTheBook() {
    book.away = true;
    here.set("*", true, "ops");
    now.updateAndGet(then -> then.plusSeconds(1));
    there.set("*", true, "ops");
    now.updateAndGet(then -> then.plusSeconds(1));
    there.set("*", false, "ops");
    book.away = false;

    there.synchronise();
    here.synchronise();

    assertThat(here.isOn(NUMBER)).isFalse();
    assertThat(there.isOn(NUMBER)).isFalse();
  }

  @Test
  void whatIsKnownStaysWhileTheBookIsAwayAndThatIsSaidOnce(CapturedOutput output) {
    here.set("*", true, "ops");
    book.away = true;

    here.synchronise();
    here.synchronise();

    assertThat(here.isOn(NUMBER)).isTrue();
    assertThat(output.getOut().lines().filter(line -> line.contains("cannot be read"))).hasSize(1);
  }

  @Test
  void theLogTellsWhoThrewItAndNoWholeNumber(CapturedOutput output) {
    here.set(NUMBER, true, "ops");

    assertThat(output).contains("Outage switch of ***000: on", "by ops").doesNotContain(NUMBER);
  }

  @Test
  void theMetricsCountThem() {
    here.set(NUMBER, true, "ops");
    here.set("+15550001001", true, "ops");
    assertThat(gauge("all")).isZero();
    assertThat(gauge("number")).isEqualTo(2);

    here.set("*", true, "ops");
    here.set(NUMBER, false, "ops");
    assertThat(gauge("all")).isEqualTo(1);
    assertThat(gauge("number")).isEqualTo(1);
  }

  private double gauge(String scope) {
    return meters.get("gateway.outage").tag("scope", scope).gauge().value();
  }

  /** A book in memory that may be away. */
  private static final class Book implements OutageBook {
    private final Map<String, OutageSwitch> written = new HashMap<>();
    private boolean away;

    @Override
    public Optional<List<OutageSwitch>> read() {
      return away ? Optional.empty() : Optional.of(List.copyOf(written.values()));
    }

    @Override
    public boolean write(OutageSwitch thrown) {
      if (!away) {
        written.merge(thrown.number(), thrown, OutageSwitch::later);
      }
      return !away;
    }
  }
}
