package io.voicegateway.sip;

import java.util.List;
import java.util.Optional;

/**
 * What became of a call that was placed.
 *
 * @param challenged whether the login was asked for and given
 * @param answers all answers in the order in which they came
 */
public record PlacedCall(Ending ending, boolean challenged, List<SipAnswer> answers) {

  /** The four ways a call can end. */
  public enum Ending {
    /** It was answered, and hung up at once. */
    ANSWERED,
    /** The server would not have it. */
    REFUSED,
    /** It was left ringing, cancelled, and the server confirmed that. */
    CANCELLED,
    /** The server never decided, not even when the call was cancelled. */
    DROPPED
  }

  /** Copies the answers. */
  public PlacedCall {
    answers = List.copyOf(answers);
  }

  /** How the server decided on the INVITE; empty when it was dropped. */
  public Optional<SipAnswer> decision() {
    return ending == Ending.DROPPED ? Optional.empty() : finalAnswer("INVITE");
  }

  /** The final answer to our CANCEL or BYE, empty when there was none. */
  public Optional<SipAnswer> finalAnswer(String method) {
    return answers.stream()
        .filter(answer -> answer.method().equals(method) && answer.isFinal())
        .reduce((earlier, later) -> later);
  }

  /**
   * How often the server said that it rings. LiveKit says so once a second, but once only when it
   * has dropped the call.
   */
  public long rings() {
    return answers.stream().filter(answer -> answer.code() == 180).count();
  }
}
