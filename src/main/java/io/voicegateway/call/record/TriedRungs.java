package io.voicegateway.call.record;

import io.voicegateway.call.Connect;
import io.voicegateway.call.Rung;
import io.voicegateway.call.record.CallEvent.Answered;
import io.voicegateway.call.record.CallEvent.DialEnded;
import io.voicegateway.call.record.CallEvent.TransferBegun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The ladder as far as it was climbed: each end of a dial names the rung that came next. */
final class TriedRungs {

  private final List<String> rungs = new ArrayList<>();

  private TriedRungs() {}

  /**
   * @param transfers those of which no dial has told yet are under way
   */
  static List<String> of(
      Optional<Answered> answered, List<DialEnded> ends, List<TransferBegun> transfers) {
    TriedRungs tried = new TriedRungs();
    answered.map(Answered::rung).ifPresent(tried.rungs::add);
    List<DialEnded> left = new ArrayList<>(ends);
    left.sort(Comparator.comparing(end -> !AgentDial.isToAgent(end)));
    while (!left.isEmpty()) {
      DialEnded end = tried.next(left);
      left.remove(end);
      tried.take(end);
    }
    transfers.stream()
        .map(TransferBegun::rung)
        .filter(rung -> !tried.rungs.contains(rung))
        .forEach(tried.rungs::add);
    return List.copyOf(tried.rungs);
  }

  /** How the caller was last brought, or to be brought, to his agent. */
  static Connect connect(Optional<Answered> answered, List<DialEnded> ends) {
    return of(answered, ends, List.of()).stream()
        .filter(Rung::isToAgent)
        .reduce((earlier, later) -> later)
        .filter(Rung.CALLBACK::equals)
        .map(callback -> Connect.CALLBACK)
        .orElse(Connect.DIAL);
  }

  /** The one that was begun, else one that no other leads to. */
  private DialEnded next(List<DialEnded> left) {
    Set<String> led = left.stream().map(DialEnded::next).collect(Collectors.toSet());
    return left.stream()
        .filter(this::isLast)
        .findFirst()
        .or(() -> left.stream().filter(end -> !led.contains(end.rung())).findFirst())
        .orElse(left.get(0));
  }

  private boolean isLast(DialEnded end) {
    return !rungs.isEmpty() && rungs.get(rungs.size() - 1).equals(end.rung());
  }

  private void take(DialEnded end) {
    if (!isLast(end)) {
      rungs.add(end.rung());
    }
    if (!end.next().isEmpty()) {
      rungs.add(end.next());
    }
  }
}
