package io.voicegateway.jambonz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voicegateway.call.Call;
import io.voicegateway.call.Ladder;
import io.voicegateway.call.Rung;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Asks an operator's own route for the verbs of its rung. A route that fails, takes too long or
 * answers what Jambonz would refuse leaves the caller to the next rung.
 */
@Component
final class OperatorRungs {

  private static final Logger log = LoggerFactory.getLogger(OperatorRungs.class);
  private static final JsonMapper JSON = new JsonMapper();

  private final RouteQuestions questions;
  private final DialVerbs dials;
  private final VerbRules rules = new VerbRules();

  OperatorRungs(RouteQuestions questions, DialVerbs dials) {
    this.questions = questions;
    this.dials = dials;
  }

  /**
   * What the route answers to the call; nothing when the ladder has to go on.
   *
   * @param rest what is left to try when a dial of the route's fails
   * @param patience of the caller, who waits meanwhile
   */
  Answer verbs(Call call, Rung.OperatorsRoute route, Ladder rest, Duration patience) {
    return questions
        .ask(call, route, route.name(), patience)
        .map(answer -> checked(answer, call, route, rest))
        .orElse(Answer.NOTHING);
  }

  private Answer checked(Exchange answer, Call call, Rung.OperatorsRoute route, Ladder rest) {
    try {
      JsonNode verbs = JSON.readTree(text(answer));
      Optional<String> refusal = rules.refusal(verbs.toString());
      if (refusal.isEmpty()) {
        return new Answer(route.label(), written(call, route, verbs, rest));
      }
      log.warn("call={} rung {} is left out: {}", call.sid(), route, refusal.get());
    } catch (JsonProcessingException noJson) {
      log.warn("call={} rung {} is left out: it failed", call.sid(), route);
    }
    return Answer.NOTHING;
  }

  private static String text(Exchange answer) throws JsonProcessingException {
    Object body = answer.getMessage().getBody();
    return body instanceof Iterable<?>
        ? JSON.writeValueAsString(body)
        : Optional.ofNullable(answer.getMessage().getBody(String.class)).orElse("");
  }

  /** Their dials are anchored like ours, and the ladder goes on when one fails. */
  private List<Verb> written(Call call, Rung.OperatorsRoute route, JsonNode verbs, Ladder rest) {
    List<Verb> written = new ArrayList<>();
    for (JsonNode verb : verbs) {
      if (verb instanceof ObjectNode dial && dial.path("verb").asText().equals("dial")) {
        dial.put("anchorMedia", true);
        dial.putIfAbsent(
            "actionHook", dial.textNode(dials.hook("dial", call, route.label(), rest)));
      }
      written.add(new Verb.Own(verb));
    }
    return written;
  }
}
