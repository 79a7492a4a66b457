package io.voicegateway.call.record;

import io.voicegateway.call.TurnedAway.Reason;
import java.util.List;
import java.util.function.Predicate;

/**
 * The table from a call's ending to its cause. The first row that fits counts; the rows come from
 * calls on a real LiveKit and a real Jambonz.
 */
final class Causes {

  /** Whoever waited this long and hung up did so because something was wrong. */
  private static final double PATIENCE_SECONDS = 5;

  /** A LiveKit that cannot reach its own server or store takes a second to say so. */
  private static final double AT_ONCE_SECONDS = 0.9;

  private static final List<Row> TABLE =
      List.of(
          row(Cause.OPERATOR_HUNG_UP, end -> end.isBy("operator")),
          row(Cause.OUTAGE, end -> end.isTurnedAway(Reason.OUTAGE)),
          row(Cause.CLOSED, end -> end.isTurnedAway(Reason.CLOSED)),
          row(Cause.SHARE, end -> end.isTurnedAway(Reason.SHARE)),
          row(Cause.STORM, end -> end.isTurnedAway(Reason.STORM)),
          row(Cause.FULL, end -> end.isTurnedAway(Reason.FULL)),
          row(Cause.GATEWAY_FULL, end -> end.isTurnedAway(Reason.GATEWAY_FULL)),
          row(Cause.AGENT_LOST, end -> end.talked() && end.agentLeft()),
          row(Cause.LOST, end -> end.talked() && end.lost()),
          row(
              Cause.TRANSFER_UNANSWERED,
              end -> end.talked() && end.handover() == Handover.UNANSWERED),
          row(Cause.TIME_LIMIT, end -> end.talked() && end.isBy("gateway")),
          row(Cause.TRANSFERRED, end -> end.talked() && end.handover() == Handover.TALKED),
          row(Cause.CALLER_HUNG_UP, end -> end.talked() && end.isBy("caller")),
          row(Cause.AGENT_HUNG_UP, Ending::talked),
          row(
              Cause.NOT_REGISTERED,
              end -> !end.registered() && (end.status().isEmpty() || end.sip() == 0)),
          row(Cause.CALLER_GAVE_UP, end -> end.isBy("caller") && end.seconds() < PATIENCE_SECONDS),
          row(Cause.JAMBONZ_LOGIN, end -> end.rungBack() && (end.sip() == 401 || end.sip() == 407)),
          row(Cause.JAMBONZ_NO_REALM, end -> end.rungBack() && end.sip() == 404),
          row(Cause.JAMBONZ_FORBIDDEN, end -> end.rungBack() && end.sip() == 403),
          row(Cause.JAMBONZ_REFUSED, end -> end.rungBack() && end.sip() >= 300),
          row(Cause.NOT_PLACED, Ending::isNotPlaced),
          row(
              Cause.NOT_PLACED,
              end -> end.rungBack() && end.sip() == 0 && end.seconds() < AT_ONCE_SECONDS),
          row(Cause.WRONG_PASSWORD, end -> end.sip() == 401),
          row(Cause.NO_PASSWORD, end -> end.sip() == 407),
          row(Cause.NO_TRUNK, end -> end.sip() == 404),
          row(Cause.MEDIA, end -> end.sip() == 488 || end.sip() == 400),
          row(Cause.AMBIGUOUS, end -> end.sip() == 503 && end.seconds() < AT_ONCE_SECONDS),
          row(Cause.LIVEKIT_DOWN, end -> end.sip() == 503),
          row(Cause.SIP_REJECTED, end -> end.sip() == 486 && end.seconds() < AT_ONCE_SECONDS),
          row(Cause.NO_WORKER, end -> end.shows(Finding.NO_WORKER)),
          row(Cause.AGENT_MISSING, end -> end.shows(Finding.AGENT_MISSING)),
          row(Cause.AGENT_SILENT, end -> end.shows(Finding.AGENT_SILENT)),
          row(Cause.NO_RING_BACK, Ending::rungBack),
          row(Cause.NO_SIP_ANSWER, end -> end.isTimeout() && !end.rang() && !end.isBy("caller")),
          row(Cause.AGENT_LATE, end -> end.shows(Finding.AGENT_READY) && end.isPutThrough()),
          row(
              Cause.NO_RULE,
              end ->
                  end.shows(Finding.AGENT_READY)
                      && end.phone() == PhoneSeen.NEVER
                      && end.isTimeout()),
          row(Cause.NOT_PUT_THROUGH, end -> end.shows(Finding.AGENT_READY) && end.isTimeout()),
          row(Cause.ROOM_MISSING, end -> end.shows(Finding.NO_ROOM)),
          row(Cause.CALLER_GAVE_UP, end -> end.isBy("caller")),
          row(Cause.NO_AGENT, end -> end.isTimeout() || end.sip() == 486),
          row(Cause.NOT_RUNNING, end -> end.sip() >= 500 && end.sip() < 600),
          row(Cause.OTHER_SIP_ANSWER, end -> end.sip() >= 300),
          row(Cause.LOST, Ending::lost));

  private Causes() {}

  static Cause of(Ending end) {
    return TABLE.stream()
        .filter(row -> row.condition.test(end))
        .map(Row::cause)
        .findFirst()
        .orElse(Cause.UNKNOWN);
  }

  private static Row row(Cause cause, Predicate<Ending> condition) {
    return new Row(cause, condition);
  }

  private record Row(Cause cause, Predicate<Ending> condition) {}
}
