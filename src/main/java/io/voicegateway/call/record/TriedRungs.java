package io.voicegateway.call.record;

import io.voicegateway.call.Connect;
import io.voicegateway.call.Rung;
import io.voicegateway.call.record.CallEvent.Answered;
import io.voicegateway.call.record.CallEvent.DialEnded;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The ladder as far as it was climbed: each end of a dial names the rung that came next. */
final class TriedRungs {

  private final List<String> rungs = new ArrayList<>();

  private TriedRungs() {}

  static List<String> of(Optional<Answered> answered, List<DialEnded> ends) {
    TriedRungs tried = new TriedRungs();
    answered.map(Answered::rung).ifPresent(tried.rungs::add);
    List<DialEnded> left = new ArrayList<>(ends);
    left.sort(Comparator.comparing(end -> !AgentDial.isToAgent(end)));
    while (!left.isEmpty()) {
      DialEnded end = left.stream().filter(tried::isLast).findFirst().orElse(left.get(0));
      left.remove(end);
      tried.take(end);
    }
    return List.copyOf(tried.rungs);
  }

  /** How the caller was last brought, or to be brought, to his agent. */
  static Connect connect(Optional<Answered> answered, List<DialEnded> ends) {
    return of(answered, ends).stream()
        .filter(Rung::isToAgent)
        .reduce((earlier, later) -> later)
        .filter(Rung.CALLBACK::equals)
        .map(callback -> Connect.CALLBACK)
        .orElse(Connect.DIAL);
  }

  /** Whether nothing was tried after that rung. */
  static boolean isLast(String rung, Optional<Answered> answered, List<DialEnded> ends) {
    List<String> rungs = of(answered, ends);
    return !rungs.isEmpty() && rungs.get(rungs.size() - 1).equals(rung);
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
