package io.voicegateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.TestClock;
import io.voicegateway.call.TurnedAway.Reason;
import io.voicegateway.call.record.ActiveCalls.ActiveCall;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The most calls of a number at a time. */
class SeatsTest {

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-25T10:00:00Z"));
  private final PlannedCalls calls =
      new PlannedCalls(
          """
          - {number: "+15550001000", most-calls: 2, max-duration: 600}
          - {number: "+4930*", most-calls: 1}
          - {number: "*", agent: a}
          """);
  private Optional<List<ActiveCall>> record = Optional.of(List.of());
  private final Seats seats = new Seats(calls.plan(), () -> record, new TestClock(now));

  @Test
  void asManyCallsAsItMayHaveAreLetThrough() {
    assertThat(takes("a")).isTrue();
    assertThat(takes("b")).isTrue();
    assertThat(takes("c")).isFalse();
  }

  @Test
  void aCallThatIsOverMakesRoomAtOnce() {
    takes("a");
    takes("b");
    shown("a", "b");

    seats.leave("a");

    assertThat(takes("c")).isTrue();
    assertThat(takes("d")).isFalse();
  }

  @Test
  void theCallsOfOtherGatewaysCount() {
    shown("x", "y");

    assertThat(takes("a")).isFalse();
  }

  @Test
  void aCallOfOursThatStandsInTheRecordCountsOnce() {
    takes("a");
    shown("a");

    assertThat(takes("b")).isTrue();
    assertThat(takes("c")).isFalse();
  }

  @Test
  void aHookThatComesTwiceHasItsSeat() {
    takes("a");
    takes("b");

    assertThat(takes("b")).isTrue();
  }

  @Test
  void aCallThatTheRecordKnowsNoMoreIsOverThoughNobodyToldUs() {
    takes("a");
    takes("b");

    after(11);
    shown();

    assertThat(takes("c")).isTrue();
  }

  @Test
  void aCallThatWasJustLetThroughNeedNotStandInTheRecordYet() {
    takes("a");
    takes("b");

    after(2);
    shown();

    assertThat(takes("c")).isFalse();
  }

  @Test
  void aCallWhoseEndWasLostCountsNoLongerThanItMayLast() {
    shown("x", "y");
    Instant began = now.get();

    after(600 + 20 + 300);
    record = Optional.of(List.of(active("x", began), active("y", began)));
    seats.look();
    assertThat(takes("a")).isFalse();

    after(1);
    seats.look();
    assertThat(takes("a")).isTrue();
  }

  @Test
  void whileTheRecordIsAwayOurOwnCallsCount() {
    shown("x", "y");
    record = Optional.empty();

    after(6);
    seats.look();

    assertThat(takes("a")).isTrue();
    assertThat(takes("b")).isTrue();
    after(60);
    assertThat(takes("c")).isFalse();
    seats.leave("a");
    assertThat(takes("c")).isTrue();
  }

  @Test
  void theNumbersOfAPrefixShareItsSeats() {
    assertThat(seats.take(calls.call("a", "+15550002000", "+493012345"))).isNull();
    assertThat(seats.take(calls.call("b", "+15550002000", "+493054321"))).isEqualTo(Reason.FULL);
    assertThat(seats.take(calls.call("c", "+15550002000", "+4989123456"))).isNull();
  }

  @Test
  void theCallsOfAllNumbersShareTheSeatsForAllOfOursAndOfOtherGateways() {
    PlannedCalls few =
        new PlannedCalls("{most-calls: 3}", "- {number: \"+15550001000\", most-calls: 2}");
    Seats all = new Seats(few.plan(), () -> record, new TestClock(now));
    record = Optional.of(List.of(active("elsewhere", now.get())));
    all.look();

    assertThat(all.take(few.call("a", "+15550002000", "+493012345"))).isNull();
    assertThat(all.take(few.call("b", "+15550002000", "+4989123456"))).isNull();
    assertThat(all.take(few.call("c", "+15550002000"))).isEqualTo(Reason.GATEWAY_FULL);
    all.leave("a");
    assertThat(all.take(few.call("c", "+15550002000"))).isNull();
    assertThat(all.take(few.call("d", "+15550002000"))).isEqualTo(Reason.FULL);
  }

  private boolean takes(String sid) {
    return seats.take(calls.call(sid, "+15550002000")) == null;
  }

  private void shown(String... sids) {
    record = Optional.of(Stream.of(sids).map(sid -> active(sid, now.get())).toList());
    seats.look();
  }

  private static ActiveCall active(String sid, Instant since) {
    return new ActiveCall(sid, "+15550001000", since);
  }

  private void after(long seconds) {
    now.updateAndGet(then -> then.plusSeconds(seconds));
  }
}
