package io.voicegateway.call.record;

import io.voicegateway.call.Rung;
import io.voicegateway.call.record.CallEvent.DialEnded;
import io.voicegateway.call.record.CallEvent.TransferBegun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What came of an agent's wish to hand its caller on. */
enum Handover {
  /** It had none, or the caller was with an agent again, or did not wait for the person. */
  NONE,
  /** The person was there. */
  TALKED,
  /** The person was not reached, and no agent after that. */
  UNANSWERED;

  /** Several gateways hear of one call, each by its own clock. */
  private static final Duration CLOCKS = Duration.ofSeconds(2);

  /**
   * The ends of dials as the call went on. Jambonz tells that the dial to an agent is completed
   * when a transfer begins, and does not care what it is answered to that.
   */
  static List<DialEnded> linked(List<DialEnded> ends, List<TransferBegun> transfers) {
    List<DialEnded> linked = new ArrayList<>(ends);
    for (TransferBegun transfer : transfers) {
      linked.stream()
          .filter(end -> isEndedBy(end, transfer))
          .findFirst()
          .ifPresent(end -> linked.set(linked.indexOf(end), goingOn(end, transfer.rung())));
    }
    return List.copyOf(linked);
  }

  private static boolean isEndedBy(DialEnded end, TransferBegun transfer) {
    if (!AgentDial.isToAgent(end) || !AgentDial.isCompleted(end) || !end.next().isEmpty()) {
      return false;
    }
    return transfer.leg() == null
        ? end.at().plus(CLOCKS).isAfter(transfer.at())
        : transfer.leg().equals(end.dialSid());
  }

  private static DialEnded goingOn(DialEnded end, String rung) {
    return new DialEnded(
        end.callSid(),
        end.at(),
        end.rung(),
        end.dialSid(),
        end.status(),
        end.sip(),
        end.callerStatus(),
        end.by(),
        rung,
        true);
  }

  /** The end of the dial to the person; of several the last. */
  static Optional<DialEnded> end(List<DialEnded> ends) {
    return ends.stream().filter(end -> isToPerson(end.rung())).reduce((earlier, later) -> later);
  }

  /** Whether a caller who came back to an agent was with him, and not handed on once more. */
  static boolean isWithAgentAgain(List<DialEnded> ends) {
    return ends.stream()
        .filter(end -> end.rung().equals(Rung.AGENT))
        .anyMatch(end -> AgentDial.isCompleted(end) && !isToPerson(end.next()));
  }

  private static boolean isToPerson(String rung) {
    return rung.startsWith(Rung.TRANSFER);
  }
}
