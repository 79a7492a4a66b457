package io.voicegateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;

/** The agent's share of a number's callers. */
class ShareTest {

  private static final int CALLERS = 20_000;

  @Property(tries = 30)
  void aShareOfCallersGoesToTheAgent(@ForAll @IntRange(min = 0, max = 100) int share) {
    PlannedCalls calls = PlannedCalls.with("agent-share: " + share);

    long included =
        IntStream.range(0, CALLERS)
            .filter(i -> Share.includes(calls.call("a", "+4930" + (1_000_000 + i))))
            .count();

    assertThat(included * 100.0 / CALLERS).isBetween(share - 2.0, share + 2.0);
  }

  @Property(tries = 200)
  void theSameCallerIsAlwaysOnTheSameSideAndStaysInAShareThatGrows(
      @ForAll @NumericChars @StringLength(min = 7, max = 12) String digits,
      @ForAll @IntRange(min = 0, max = 99) int share) {
    String caller = "+49" + digits;
    boolean included = isIn(share, "a", caller);

    assertThat(isIn(share, "b", caller)).isEqualTo(included);
    if (included) {
      assertThat(isIn(share + 1, "c", caller)).isTrue();
    }
  }

  /** Written down, because a restart and another version must give the same. */
  @Example
  void theSidesNeverChange() {
    List<String> included =
        IntStream.range(0, 20)
            .mapToObj(i -> "+493012345" + (100 + i))
            .filter(caller -> isIn(20, "a", caller))
            .toList();

    assertThat(included)
        .containsExactly(
            "+493012345102", "+493012345107", "+493012345112", "+493012345116", "+493012345119");
  }

  @Example
  void nobodyIsInAnEmptyShareAndEverybodyInTheWhole() {
    assertThat(isIn(0, "a", "+4930123456")).isFalse();
    assertThat(isIn(100, "a", "+4930123456")).isTrue();
  }

  @Example
  void callersWithoutANumberAreDrawnCallByCall() {
    PlannedCalls calls = PlannedCalls.with("agent-share: 50");

    long included =
        IntStream.range(0, CALLERS)
            .filter(i -> Share.includes(calls.call("call-" + i, "anonymous")))
            .count();

    assertThat(included).isBetween(CALLERS * 48L / 100, CALLERS * 52L / 100);
    assertThat(Share.includes(calls.call("call-1", "anonymous")))
        .isEqualTo(Share.includes(calls.call("call-1", "anonymous")));
  }

  private static boolean isIn(int share, String sid, String caller) {
    return Share.includes(PlannedCalls.with("agent-share: " + share).call(sid, caller));
  }
}
