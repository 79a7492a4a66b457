package io.voicegateway.bench;

import java.util.Arrays;

/** How calls went. */
final class Tally {

  private long[] took = new long[1024];
  private int calls;
  private int lost;
  private int wrong;

  /**
   * A call is over.
   *
   * @param nanos from when it was due
   * @param answered whether anything came back
   * @param right whether it dials
   */
  synchronized void add(long nanos, boolean answered, boolean right) {
    if (calls == took.length) {
      took = Arrays.copyOf(took, 2 * calls);
    }
    took[calls++] = nanos;
    lost += answered ? 0 : 1;
    wrong += answered && !right ? 1 : 0;
  }

  synchronized int calls() {
    return calls;
  }

  /** Of which nothing came back. */
  synchronized int lost() {
    return lost;
  }

  /** Whose answer does not dial. */
  synchronized int wrong() {
    return wrong;
  }

  /**
   * What so many of a thousand calls took at most, in ms.
   *
   * @param thousandths 500 for the median
   */
  synchronized double within(int thousandths) {
    if (calls == 0) {
      return Double.NaN;
    }
    long[] sorted = Arrays.copyOf(took, calls);
    Arrays.sort(sorted);
    return sorted[(int) Math.min(calls - 1L, (long) calls * thousandths / 1000)] / 1e6;
  }
}
