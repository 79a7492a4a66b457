package io.voicegateway.admission;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.voicegateway.call.OutageBook;
import io.voicegateway.call.OutageSwitch;
import io.voicegateway.call.ProjectSwitches;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The outage switches as this gateway knows them. Of a switch that was thrown here and there, the
 * later state counts; what cannot be written down at once is so as soon as the database is back.
 */
@Component
final class Outages implements ProjectSwitches {

  private static final Logger log = LoggerFactory.getLogger(Outages.class);

  private final OutageBook book;
  private final Clock clock;
  private final Map<String, OutageSwitch> known = new HashMap<>();

  /** The numbers whose switch is on, for whoever looks while a caller waits. */
  private volatile Set<String> on = Set.of();

  private boolean readable;
  private volatile boolean written = true;

  Outages(OutageBook book, Clock clock, MeterRegistry meters) {
    this.book = book;
    this.clock = clock;
    gauge(meters, "all", outages -> outages.isOn(OutageSwitch.ALL) ? 1 : 0);
    gauge(meters, "number", Outages::singleNumbers);
  }

  private void gauge(MeterRegistry meters, String scope, ToDoubleFunction<Outages> count) {
    Gauge.builder("gateway.outage", this, count)
        .description("Outage switches that are on: that of all numbers, and those of single ones")
        .tag("scope", scope)
        .register(meters);
  }

  @Override
  public boolean isProjectOff(String project) {
    return on.contains(OutageSwitch.ofProject(project));
  }

  /** Whether callers of a number must not be sent to an agent. */
  boolean isOn(String number) {
    Set<String> numbers = on;
    return numbers.contains(OutageSwitch.ALL) || numbers.contains(number);
  }

  /** How many single numbers have theirs on. */
  int singleNumbers() {
    return (int)
        switchedOn().stream()
            .filter(one -> one.project() == null && !one.number().equals(OutageSwitch.ALL))
            .count();
  }

  /** Those that are on, in the order of their numbers, that of all numbers first. */
  synchronized List<OutageSwitch> switchedOn() {
    return known.values().stream()
        .filter(OutageSwitch::on)
        .sorted(Comparator.comparing(OutageSwitch::number))
        .toList();
  }

  /** Whether everything that was thrown here is written down for the other gateways. */
  boolean isWritten() {
    return written;
  }

  /** Throws a switch: at once here, and within seconds in the other gateways. */
  synchronized void set(String number, boolean toOn, String by) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    OutageSwitch before = known.get(number);
    Instant at = before == null || before.at().isBefore(now) ? now : before.at().plusMillis(1);
    take(new OutageSwitch(number, toOn, by, at));
    synchronise();
  }

  /** Takes over what other gateways wrote down, and writes down what was not; may wait for it. */
  synchronized void synchronise() {
    Optional<List<OutageSwitch>> read = book.read();
    tell(read.isPresent());
    if (read.isEmpty()) {
      written = false;
      return;
    }
    Map<String, OutageSwitch> there =
        read.get().stream().collect(Collectors.toMap(OutageSwitch::number, one -> one));
    there.values().forEach(this::take);
    written =
        known.values().stream()
            .filter(one -> !one.equals(there.get(one.number())))
            .map(book::write)
            .reduce(true, Boolean::logicalAnd);
  }

  private void take(OutageSwitch thrown) {
    @Nullable OutageSwitch before = known.get(thrown.number());
    known.merge(thrown.number(), thrown, OutageSwitch::later);
    boolean wasOn = before != null && before.on();
    OutageSwitch now = known.getOrDefault(thrown.number(), thrown);
    if (now.on() == wasOn) {
      return;
    }
    on = switchedOn().stream().map(OutageSwitch::number).collect(Collectors.toUnmodifiableSet());
    log.warn(
        "Outage switch of {}: {}, by {} at {}",
        now.label(),
        now.on() ? "on, no caller is sent to an agent" : "off",
        now.by(),
        now.at());
  }

  private void tell(boolean nowReadable) {
    if (readable && !nowReadable) {
      log.warn("The outage switches cannot be read: they stay as this gateway knows them");
    }
    readable = nowReadable;
  }
}
