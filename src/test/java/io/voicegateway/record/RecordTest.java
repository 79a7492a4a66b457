package io.voicegateway.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.voicegateway.call.record.CallChange;
import io.voicegateway.call.record.CallEvent;
import io.voicegateway.call.record.CallRecord;
import io.voicegateway.call.record.CallState;
import io.voicegateway.call.record.EndedCalls;
import io.voicegateway.operator.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What the record promises on every database it may be kept in. */
@ExtendWith(OutputCaptureExtension.class)
abstract class RecordTest {

  private static final Instant START = Instant.parse("2026-11-20T10:00:00.123456Z");

  private TestDatabase database;
  private Recorder recorder;
  private final String sid = Events.newSid();

  abstract TestDatabase database() throws Exception;

  @BeforeEach
  void begin() throws Exception {
    database = database();
    recorder = new Recorder(database.url(), 1000);
  }

  @AfterEach
  void end() throws Exception {
    recorder.close();
    database.close();
  }

  // ---- what is found

  @Test
  void aCallIsFoundByTheEndOfEitherNumberByTheStartOfItsIdAndByItsCause() {
    recorder.tell(Events.talk(sid, START));
    String failed = Events.newSid();
    recorder.tell(Events.failure(failed, START.plusSeconds(1)));
    recorder.written();

    assertThat(found(null, "02000", null)).containsExactly(failed, sid);
    assertThat(found(null, "1000", null)).containsExactly(failed, sid);
    assertThat(found(null, "93000", null)).isEmpty();
    assertThat(found(null, "%000", null)).isEmpty();
    assertThat(found(null, null, sid.substring(0, 13))).containsExactly(sid);
    assertThat(found(null, "777", failed)).containsExactly(failed);
    assertThat(found("not_registered", null, null)).containsExactly(failed);
    assertThat(found("not_registered", "000", sid)).containsExactly(failed);
  }

  @Test
  void aSearchGoesOnWhereThePageBeforeEnded() {
    List<String> sids = IntStream.range(0, 5).mapToObj(i -> Events.newSid()).toList();
    sids.forEach(id -> recorder.tell(Events.talk(id, START)));
    recorder.written();

    List<CallRecord> first =
        recorder.search.find(new CallQuery(null, null, null, "000", null, null, 3));
    List<CallRecord> second =
        recorder.search.find(
            new CallQuery(null, null, null, "000", null, Cursor.after(first.get(2)), 3));

    assertThat(Stream.concat(first.stream(), second.stream()).map(CallRecord::callSid))
        .containsExactlyInAnyOrderElementsOf(sids);
  }

  @Test
  void failuresAreCountedByTheirCauseTheMostFrequentFirst() {
    List<String> sids = IntStream.range(0, 6).mapToObj(i -> Events.newSid()).toList();
    recorder.tell(Events.talk(sids.get(0), START));
    recorder.tell(Events.unanswered(sids.get(1), START));
    recorder.tell(Events.unanswered(sids.get(2), START.plusSeconds(1)));
    recorder.tell(Events.failure(sids.get(3), START));
    recorder.tell(Events.failure(sids.get(4), START.minusSeconds(3600)));
    recorder.tell(List.of(Events.received(sids.get(5), START)));
    recorder.written();

    assertThat(recorder.search.failuresSince(START.minusSeconds(60)))
        .extracting(CallSearch.SameCause::calls, same -> same.newest().callSid())
        .containsExactly(tuple(2L, sids.get(2)), tuple(1L, sids.get(3)));
    assertThat(recorder.search.underWay()).isEqualTo(1);
  }

  private List<String> found(String cause, String numberEnd, String idStart) {
    return recorder
        .search
        .find(new CallQuery(null, null, cause, numberEnd, idStart, null, 10))
        .stream()
        .map(CallRecord::callSid)
        .toList();
  }

  // ---- what is written

  @Test
  void aCallIsThereWithWhatBecameOfIt() {
    recorder.tell(Events.talk(sid, START));

    CallRecord call = recorder.written().call(sid);

    assertThat(call.state()).isEqualTo(CallState.ENDED);
    assertThat(call.causeCode()).isEqualTo("caller_hung_up");
    assertThat(call.startedAt()).isEqualTo(START);
    assertThat(call.timeline()).hasSize(7);
    assertThat(recorder.ids("ended")).containsExactly(sid);
    assertThat(recorder.ids("active")).isEmpty();
  }

  @Test
  void doubledAndReversedEventsGiveOneRightRecord() {
    List<CallEvent> events = new ArrayList<>(Events.talk(sid, START));
    events.addAll(Events.talk(sid, START));
    Collections.reverse(events);

    for (CallEvent event : events) {
      recorder.tell(List.of(event));
      recorder.written();
    }

    assertThat(recorder.call(sid)).isEqualTo(CallRecord.of(Events.talk(sid, START)));
    assertThat(recorder.ids("all")).containsExactly(sid);
  }

  @Test
  void twoGatewaysThatHearOfTheSameCallsAtOnceWriteEachOfThemRight() {
    try (Recorder other = new Recorder(database.url(), 1000)) {
      List<String> sids = IntStream.range(0, 50).mapToObj(i -> Events.newSid()).toList();
      CompletableFuture<Void> here =
          CompletableFuture.runAsync(() -> sids.forEach(id -> tellPart(recorder, id, 0)));
      CompletableFuture<Void> there =
          CompletableFuture.runAsync(() -> reversed(sids).forEach(id -> tellPart(other, id, 1)));
      CompletableFuture.allOf(here, there).join();
      recorder.written();
      other.written();

      assertThat(recorder.ids("ended")).containsExactlyInAnyOrderElementsOf(sids);
      assertThat(sids)
          .allSatisfy(
              id -> assertThat(recorder.call(id)).isEqualTo(CallRecord.of(Events.talk(id, START))));
      assertThat(recorder.lost() + other.lost()).isZero();
    }
  }

  @Test
  void anEventThatTheDatabaseRefusesBecomesADeadLetterAndTheOthersAreWritten() {
    CallEvent refused =
        new CallEvent.InRoom(
            sid, START, "x".repeat(1000), io.voicegateway.call.record.RoomEvent.ROOM_ENDED, "", "");
    String other = Events.newSid();
    recorder.tell(List.of(refused));
    recorder.tell(Events.talk(other, START));

    recorder.written();

    assertThat(recorder.call(other).state()).isEqualTo(CallState.ENDED);
    assertThat(recorder.letters)
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.callSid()).isEqualTo(sid);
              assertThat(letter.cause()).startsWith("the database refused it");
            });
    assertThat(recorder.lost()).isEqualTo(1);
  }

  // ---- a database that is away

  @Test
  void aDeadDatabaseDelaysNobodyLosesNothingAndIsCaughtUpWith(CapturedOutput output)
      throws Exception {
    recorder.awake();
    database.takeAway();
    List<String> sids = IntStream.range(0, 100).mapToObj(i -> Events.newSid()).toList();

    long begin = System.nanoTime();
    sids.forEach(id -> recorder.tell(Events.talk(id, START)));
    Duration took = Duration.ofNanos(System.nanoTime() - begin);

    assertThat(took).isLessThan(Duration.ofMillis(500));
    await().atMost(Recorder.SOON).until(() -> !recorder.database.isUp());
    assertThat(recorder.waiting()).isEqualTo(700);
    assertThat(recorder.metrics.get("gateway.database.up").gauge().value()).isZero();
    assertThatThrownBy(() -> recorder.ids("all"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("does not answer");

    database.giveBack();
    recorder.written();

    assertThat(recorder.ids("ended")).containsExactlyInAnyOrderElementsOf(sids);
    assertThat(recorder.letters).isEmpty();
    assertThat(recorder.metrics.get("gateway.database.up").gauge().value()).isEqualTo(1);
    assertThat(output.getOut().lines().filter(line -> line.contains(" is away ("))).hasSize(1);
    assertThat(output.getOut().lines().filter(line -> line.contains(" is back"))).hasSize(1);
    assertThat(output).doesNotContain("5550002000");
  }

  @Test
  void whatDoesNotFitInTheQueueBecomesADeadLetter() throws Exception {
    recorder.awake();
    database.takeAway();
    List<String> sids = IntStream.range(0, 300).mapToObj(i -> Events.newSid()).toList();

    sids.forEach(id -> recorder.tell(Events.talk(id, START)));

    await().atMost(Recorder.SOON).until(() -> recorder.waiting() + recorder.lost() == 2100);
    await().atMost(Recorder.SOON).until(() -> inLetters().size() == recorder.lost());
    assertThat(recorder.lost()).isBetween(800.0, 1100.0);
    assertThat(recorder.letters).allMatch(letter -> letter.cause().contains("is away"));
    database.giveBack();
    recorder.written();
    assertThat(recorder.metrics.get("gateway.records.written").counter().count())
        .isEqualTo(2100 - recorder.lost());
  }

  @Test
  void whatIsStillWaitingAtTheEndBecomesADeadLetter() throws Exception {
    recorder.awake();
    database.takeAway();
    recorder.tell(Events.talk(sid, START));

    recorder.close();

    assertThat(inLetters()).hasSize(7).allMatch(event -> event.callSid().equals(sid));
    database.giveBack();
  }

  @Test
  void theEndWaitsForWhatIsInTheQueue() {
    recorder.awake();
    recorder.tell(Events.talk(sid, START));
    recorder.close();

    try (Recorder next = new Recorder(database.url(), 10)) {
      assertThat(next.awake().call(sid).state()).isEqualTo(CallState.ENDED);
    }
    assertThat(recorder.letters).isEmpty();
  }

  // ---- what is told of ends

  @Test
  void anEndIsToldWithWhatIsFoundOutOfItsCauseMeanwhile() {
    List<CallEvent> events = Events.unanswered(sid, START);
    recorder.tell(events.subList(0, events.size() - 1));
    recorder.written();
    assertThat(recorder.ends()).isEmpty();

    recorder.tell(events.subList(events.size() - 1, events.size()));

    await().atMost(Recorder.SOON).until(() -> recorder.ends().size() == 1);
    assertThat(recorder.ends().get(0).call().causeCode())
        .isEqualTo(CallRecord.of(events).causeCode())
        .isNotEqualTo(CallRecord.of(events.subList(0, events.size() - 1)).causeCode());
  }

  @Test
  void endsThatAreNotToldYetAreToldWhenTheGatewayEnds() {
    recorder.tell(Events.talk(sid, START));
    recorder.written();
    assertThat(recorder.ends()).isEmpty();

    recorder.close();

    assertThat(recorder.ends())
        .singleElement()
        .matches(end -> end.newState() == CallState.ENDED && end.call().callSid().equals(sid));
  }

  @Test
  void endsWaitForNoDatabaseThatIsAway() throws Exception {
    List<String> sids = IntStream.range(0, 60).mapToObj(i -> Events.newSid()).toList();
    sids.forEach(id -> recorder.tell(Events.talk(id, START)));
    recorder.written();

    database.takeAway();

    await().atMost(Duration.ofSeconds(12)).until(() -> recorder.ends().size() == 60);
    database.giveBack();
  }

  @Test
  void endsThatFindNoRoomAreToldAtOnce() {
    ToldChanges told = new ToldChanges(recorder.database, recorder.store, recorder.told());
    CallRecord call = CallRecord.of(Events.talk(sid, START));
    CallChange end = CallChange.of(CallState.TALKING, call, START);

    IntStream.range(0, 10_000).forEach(i -> told.tell(end));
    assertThat(recorder.ends()).isEmpty();
    told.tell(end);

    assertThat(recorder.ends()).hasSize(1);
    told.stop();
  }

  // ---- lists

  @Test
  void listsAreReadNewestFirstPageByPage() {
    List<String> sids = IntStream.range(0, 25).mapToObj(i -> "call-%02d".formatted(i)).toList();
    for (int i = 0; i < sids.size(); i++) {
      recorder.tell(Events.failure(sids.get(i), START.plusSeconds(i / 2)));
    }
    recorder.written();

    List<String> read = new ArrayList<>();
    String next = null;
    do {
      CallList.Page page = recorder.list.page("failed", null, null, "7", next, null, null);
      page.calls().forEach(call -> read.add(call.callSid()));
      next = page.next();
    } while (next != null);

    assertThat(read).isEqualTo(reversed(sids));
  }

  @Test
  void eachStateHasItsList() {
    String active = Events.newSid();
    String failed = Events.newSid();
    recorder.tell(Events.talk(sid, START));
    recorder.tell(Events.failure(failed, START.plusSeconds(1)));
    recorder.tell(List.of(Events.received(active, START.plusSeconds(2))));
    recorder.written();

    assertThat(recorder.ids("active")).containsExactly(active);
    assertThat(recorder.ids("ended")).containsExactly(sid);
    assertThat(recorder.ids("failed")).containsExactly(failed);
    assertThat(recorder.ids("all")).containsExactly(active, failed, sid);
    assertThat(recorder.ids(null)).containsExactly(active);
  }

  // ---- housekeeping

  @Test
  void aCallOfWhichNothingIsHeardAnyMoreIsOver() {
    recorder.tell(List.of(Events.received(sid, START)));
    recorder.written().now.set(START.plus(Duration.ofHours(4)));
    recorder.housekeeping.sweep();
    assertThat(recorder.written().call(sid).state()).isEqualTo(CallState.RECEIVED);

    recorder.now.set(START.plus(Duration.ofHours(4).plusMinutes(11)));
    recorder.housekeeping.sweep();

    assertThat(recorder.written().call(sid).state()).isEqualTo(CallState.FAILED);
    assertThat(recorder.call(sid).timeline()).last().matches(it -> it.event().equals("lost"));
  }

  @Test
  void aCallWhoseRoomIsStillThereGoesOnAndIsLookedForAgainAfterTheMargin() {
    List<String> looked = new ArrayList<>();
    try (Recorder watching = new Recorder(database.url(), 10, room -> looked.add(room))) {
      watching.tell(List.of(Events.received(sid, START)));
      watching.written().now.set(START.plus(Duration.ofHours(5)));

      watching.housekeeping.sweep();
      watching.housekeeping.sweep();
      assertThat(looked).containsExactly("call-" + sid);
      watching.now.set(START.plus(Duration.ofHours(5).plusMinutes(11)));
      watching.housekeeping.sweep();

      assertThat(looked).hasSize(2);
      assertThat(watching.written().call(sid).state()).isEqualTo(CallState.RECEIVED);
    }
  }

  @Test
  void whichCallsAreOverIsKnownUnlessTheDatabaseIsAway() throws Exception {
    String active = Events.newSid();
    String failed = Events.newSid();
    recorder.tell(Events.talk(sid, START));
    recorder.tell(Events.failure(failed, START));
    recorder.tell(List.of(Events.received(active, START)));
    EndedCalls ends = new RecordedEnds(recorder.written().database);
    List<String> all = List.of(sid, failed, active, "unknown");

    assertThat(ends.over(all)).containsExactlyInAnyOrder(sid, failed);
    database.takeAway();
    assertThat(ends.over(all)).isEmpty();
    database.giveBack();
  }

  @Test
  void callsThatEndedLongEnoughAgoAreForgotten() {
    String old = Events.newSid();
    String active = Events.newSid();
    recorder.tell(Events.talk(old, START));
    recorder.tell(List.of(Events.received(active, START)));
    recorder.tell(Events.talk(sid, START.plus(Duration.ofDays(1))));
    IntStream.range(0, 600)
        .forEach(i -> recorder.tell(List.of(Events.failure(Events.newSid(), START).get(2))));
    recorder.written().now.set(START.plus(Duration.ofDays(30)).plusSeconds(60));

    recorder.housekeeping.forget();

    assertThat(recorder.ids("all")).containsExactly(sid, active);
    assertThatThrownBy(() -> recorder.call(old)).hasMessageContaining("Nothing is known");
  }

  @Test
  void ofSeveralGatewaysOneHasTheTurn() {
    try (Recorder other = new Recorder(database.url(), 10)) {
      other.awake().now.set(START);
      recorder.awake().now.set(START);
      Duration minute = Duration.ofMinutes(1);

      assertThat(recorder.chores.isOurTurn("sweep", minute)).isTrue();
      assertThat(other.chores.isOurTurn("sweep", minute)).isFalse();
      other.now.set(START.plus(minute));
      assertThat(other.chores.isOurTurn("sweep", minute)).isTrue();
    }
  }

  // ---- helpers

  private static void tellPart(Recorder recorder, String sid, int part) {
    List<CallEvent> events = Events.talk(sid, START);
    recorder.tell(
        IntStream.range(0, events.size())
            .filter(i -> i % 2 == part || i == 0)
            .mapToObj(events::get)
            .toList());
  }

  private static List<String> reversed(List<String> list) {
    List<String> reversed = new ArrayList<>(list);
    Collections.reverse(reversed);
    return reversed;
  }

  private List<CallEvent> inLetters() {
    List<CallEvent> events = new ArrayList<>();
    recorder.letters.forEach(
        letter -> {
          try {
            for (JsonNode event : Recorder.JSON.readTree(letter.body())) {
              events.add(Recorder.JSON.treeToValue(event, CallEvent.class));
            }
          } catch (com.fasterxml.jackson.core.JsonProcessingException unreadable) {
            throw new AssertionError(unreadable);
          }
        });
    return events;
  }
}
