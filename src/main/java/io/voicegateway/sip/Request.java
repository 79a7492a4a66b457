package io.voicegateway.sip;

import java.nio.charset.StandardCharsets;

/**
 * A request of ours.
 *
 * @param branch by which its answers are known
 * @param number of its CSeq
 * @param text the whole message
 */
record Request(String method, String branch, int number, String text) {

  byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The text may hold a login and the caller. */
  @Override
  public String toString() {
    return number + " " + method;
  }
}
