package io.voicegateway.sip;

import java.io.IOException;

/** What came is not SIP. */
final class UnreadableMessage extends IOException {
  UnreadableMessage(String why) {
    super(why);
  }
}
