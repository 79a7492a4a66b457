package io.voicegateway.jambonz;

import io.voicegateway.call.Placement;
import io.voicegateway.call.Rung;
import io.voicegateway.jambonz.LegTokens.Errand;
import io.voicegateway.jambonz.LegTokens.Person;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Writes the verbs for a leg from LiveKit by which a person is called. It stays unanswered until
 * the person answers, and what the person's side refuses with goes back to LiveKit unchanged (seen
 * on a real Jambonz and LiveKit).
 */
@Component("personVerbs")
final class PersonVerbs {

  private static final Logger log = LoggerFactory.getLogger(PersonVerbs.class);

  /** What LiveKit is told of a person who did not answer in time. */
  private static final int NO_ANSWER = 480;

  /** What Jambonz calls the end of its own patience. */
  private static final int CANCELLED = 487;

  private final DialVerbs dials;
  private final LegTokens tokens;
  private final String publicUrl;

  PersonVerbs(DialVerbs dials, LegTokens tokens, JambonzSettings jambonz) {
    this.dials = dials;
    this.tokens = tokens;
    this.publicUrl = jambonz.publicUrl();
  }

  /** The person is called. */
  List<Verb> call(@Body Errand errand, @ExchangeProperty("person") Person person) {
    Rung.DialPerson target = new Rung.DialPerson(person.target());
    log.info("call={} answer: dial {}", errand.callSid(), target.masked());
    boolean placed = person.kind() == Placement.Kind.CALL;
    String ended = publicUrl + "/livekit-api/callback?then=" + tokens.sealed(errand);
    Verb.Dial dial =
        dials.fromLiveKit(
            errand, person, ended, tag(errand, placed ? LegTag.PERSON : LegTag.INVITED));
    return List.of(
        new Verb.Tag(tag(errand, placed ? LegTag.PLACED : LegTag.INVITED)),
        dial,
        new Verb.Hangup());
  }

  private static LegTag tag(Errand errand, String leg) {
    return new LegTag(errand.callSid(), leg, errand.attempt());
  }

  /** The dial to the person ended; LiveKit learns why when it was not answered. */
  List<Verb> ended(@ExchangeProperty("hook") CallHook hook) {
    if (!hook.isFailedDial()) {
      return List.of();
    }
    int code = hook.dialSipCode();
    boolean refused = code >= 400 && code != CANCELLED;
    return Verb.declined(refused ? code : NO_ANSWER);
  }
}
