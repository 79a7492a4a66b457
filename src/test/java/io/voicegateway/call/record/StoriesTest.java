package io.voicegateway.call.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the record says of a call follows from all that was heard of it: a table of stories. */
class StoriesTest {

  static List<Story> stories() {
    return Story.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stories")
  void endsAsItDid(Story story) {
    assertThat(ending(story.events())).isEqualTo(story.ending());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stories")
  void isTheSameWhenWrittenBackwardsAndTwice(Story story) {
    List<CallEvent> backwards = new ArrayList<>(story.events());
    Collections.reverse(backwards);

    assertThat(ending(Stream.concat(backwards.stream(), story.events().stream()).toList()))
        .isEqualTo(story.ending());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stories")
  void oneEventThatIsLostDoesNotChangeIt(Story story) {
    story
        .dispensable()
        .forEach(
            missing ->
                assertThat(inShort(ending(story.without(missing))))
                    .as("without %s at %s", missing.words(), missing.at())
                    .isEqualTo(inShort(story.ending())));
  }

  /** State, cause and who ended it; how long it was may be known less exactly. */
  private static String inShort(String ending) {
    return ending.replaceFirst(", tried.*", "");
  }

  private static String ending(List<CallEvent> heard) {
    CallRecord call = CallRecord.of(heard);
    if (!call.state().isOver()) {
      CallEvent lost = new CallEvent.Lost(Story.SID, Story.START.plus(Duration.ofHours(5)));
      call = CallRecord.of(Stream.concat(heard.stream(), Stream.of(lost)).toList());
    }
    Long talk = call.durations().talkMs();
    return "%s %s, by %s, tried %s, sip %s, talk %s"
        .formatted(
            call.state().word(),
            call.causeCode(),
            call.endedBy(),
            String.join(" ", call.rungs()),
            call.sipStatus() == null ? "none" : call.sipStatus(),
            talk == null ? "none" : Duration.ofMillis(talk).toSeconds());
  }
}
