package io.voicegateway.jambonz;

import io.voicegateway.call.Call;
import io.voicegateway.call.Connect;
import io.voicegateway.call.Ladder;
import io.voicegateway.call.Rung;
import io.voicegateway.call.TransferRules;
import io.voicegateway.call.TransferRules.Way;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Writes the verbs that take a caller from his agent to a person. When that person does not answer,
 * the caller goes back to his agent, then down the rest of the ladder.
 */
@Component("transferVerbs")
final class TransferVerbs {

  private static final Logger log = LoggerFactory.getLogger(TransferVerbs.class);

  private final DialVerbs dials;
  private final Way way;

  TransferVerbs(DialVerbs dials, TransferRules rules) {
    this.dials = dials;
    this.way = rules.way();
  }

  /** Jambonz takes the place of whatever the caller was doing with these. */
  Answer write(@Body Transfer transfer) {
    Call call = transfer.call();
    Rung.DialPerson person = transfer.target().person();
    String rung = transfer.target().label();
    Ladder otherwise = backToAgent(call, transfer.otherwise());
    log.info("call={} answer: {}", call.sid(), rung);
    Answer dial = dials.toPerson(call, person, rung, otherwise);
    if (way == Way.DIAL) {
      return dial;
    }
    Verb.Refer refer =
        new Verb.Refer(
            person.target(),
            DialVerbs.callerId(call.ownNumber()),
            dials.hook("referred", call, rung, otherwise));
    return new Answer(rung, Stream.concat(Stream.of(refer), dial.verbs().stream()).toList());
  }

  /** For a caller whose carrier has connected him to the person. */
  List<Verb> afterReferral() {
    return List.of(new Verb.Hangup());
  }

  /** By the way in that his number has: LiveKit may have no trunk for a dial. */
  private static Ladder backToAgent(Call call, Ladder left) {
    Rung back = call.plan().connect() == Connect.CALLBACK ? new Rung.Callback() : new Rung.Agent();
    Stream<Rung> others = left.without(Rung::isToAgent).rungs().stream();
    return new Ladder(Stream.concat(Stream.of(back), others).toList());
  }
}
