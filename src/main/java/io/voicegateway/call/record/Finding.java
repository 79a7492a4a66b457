package io.voicegateway.call.record;

/**
 * What a look at LiveKit finds of a call whose dial failed. The phone's own participant is gone by
 * then; what stands in the room tells why it was not answered (facts of a real LiveKit: the call is
 * answered as soon as an audio track is there).
 */
public enum Finding {
  UNKNOWN("LiveKit could not be asked"),
  NO_ROOM("there is no such room"),
  NO_WORKER("nobody took the agent's job"),
  AGENT_MISSING("a worker took the job and did not join"),
  AGENT_SILENT("the agent is in the room and publishes no audio"),
  AGENT_READY("the agent is in the room and can be heard");

  private final String words;

  Finding(String words) {
    this.words = words;
  }

  /** What it is, in words fit for logs. */
  public String words() {
    return words;
  }
}
