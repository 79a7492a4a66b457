package io.voicegateway.jambonz;

import io.voicegateway.call.Call;
import io.voicegateway.call.Connect;
import io.voicegateway.call.Ladder;
import io.voicegateway.call.Rung;
import io.voicegateway.call.TransferRules;
import io.voicegateway.call.TransferRules.Way;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
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
  private final DialState state;
  private final Supplier<TransferRules> rules;

  TransferVerbs(DialVerbs dials, DialState state, Supplier<TransferRules> rules) {
    this.dials = dials;
    this.state = state;
    this.rules = rules;
  }

  /** Jambonz takes the place of whatever the caller was doing with these. */
  Answer write(@Body Transfer transfer) {
    Call call = transfer.call();
    Rung.DialPerson person = transfer.target().person();
    String rung = transfer.target().label();
    Ladder otherwise = backToAgent(call, transfer.otherwise());
    log.info("call={} answer: {}", call.sid(), rung);
    return rules.get().way() == Way.DIAL
        ? dials.toPerson(call, person, rung, otherwise)
        : refer(call, person, rung, otherwise);
  }

  /**
   * Jambonz waits 15 s for what becomes of a REFER that the carrier accepted, then says no more
   * than that it was accepted: the person may still ring. So the next verb must not call him; it
   * asks once more, should the hook have failed.
   */
  private Answer refer(Call call, Rung.DialPerson person, String rung, Ladder otherwise) {
    Ladder afterwards =
        new Ladder(Stream.concat(Stream.of(person), otherwise.rungs().stream()).toList());
    String hook = dials.hook("referred", call, rung, afterwards);
    return new Answer(
        rung,
        List.of(
            new Verb.Refer(person.target(), DialVerbs.callerId(call.ownNumber()), hook),
            new Verb.Redirect(hook),
            new Verb.Hangup()));
  }

  /** For a caller whose carrier has connected him to the person. */
  List<Verb> connected() {
    return List.of(new Verb.Hangup());
  }

  /** For a caller whose carrier did not call the person: Jambonz does. */
  Answer dial(
      @ExchangeProperty("call") Call call,
      @ExchangeProperty("rung") String rung,
      @Header("then") @Nullable String then) {
    Ladder left = state.ladder(then);
    if (left.rungs().isEmpty() || !(left.rungs().get(0) instanceof Rung.DialPerson person)) {
      throw new UnreadableHook("its address does not tell whom to call");
    }
    return dials.toPerson(call, person, rung, left.after(1));
  }

  /** By the way in that his number has: LiveKit may have no trunk for a dial. */
  private static Ladder backToAgent(Call call, Ladder left) {
    Rung back = call.plan().connect() == Connect.CALLBACK ? new Rung.Callback() : new Rung.Agent();
    Stream<Rung> others = left.without(Rung::isToAgent).rungs().stream();
    return new Ladder(Stream.concat(Stream.of(back), others).toList());
  }
}
