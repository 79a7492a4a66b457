package io.voicegateway.jambonz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voicegateway.call.Call;
import io.voicegateway.call.Ladder;
import io.voicegateway.call.ReadyThreads;
import io.voicegateway.call.Rung;
import jakarta.annotation.PreDestroy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
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

  /** A caller waits meanwhile. */
  private static final long PATIENCE_MS = 1000;

  private static final int MOST = 32;

  /** What the routes' error handler leaves in an exchange that it has handled. */
  private static final String FAILED_STEP = "failedStep";

  private final DialVerbs dials;
  private final VerbRules rules = new VerbRules();
  private final ExecutorService threads = ReadyThreads.upTo(MOST, "operator-rungs");

  private volatile @Nullable ProducerTemplate routes;

  OperatorRungs(DialVerbs dials) {
    this.dials = dials;
  }

  /** From now on the routes can be asked. */
  void begin(CamelContext camel) {
    routes = camel.createProducerTemplate();
  }

  /**
   * What the route answers to the call; nothing when the ladder has to go on.
   *
   * @param rest what is left to try when a dial of the route's fails
   */
  Answer verbs(Call call, Rung.OperatorsRoute route, Ladder rest) {
    try {
      JsonNode verbs = JSON.readTree(asked(call, route));
      Optional<String> refusal = rules.refusal(verbs.toString());
      if (refusal.isEmpty()) {
        return new Answer(route.label(), written(call, route, verbs, rest));
      }
      log.warn("call={} rung {} is left out: {}", call.sid(), route, refusal.get());
    } catch (JsonProcessingException | ExecutionException | RejectedExecutionException failed) {
      log.warn("call={} rung {} is left out: it failed", call.sid(), route);
    } catch (TimeoutException late) {
      log.warn("call={} rung {} is left out: it took too long", call.sid(), route);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    return Answer.NOTHING;
  }

  private String asked(Call call, Rung.OperatorsRoute route)
      throws ExecutionException, InterruptedException, TimeoutException {
    ProducerTemplate asking = routes;
    if (asking == null) {
      return "[]";
    }
    Future<String> answer = threads.submit(() -> answer(asking, call, route));
    try {
      return answer.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
    } finally {
      answer.cancel(true);
    }
  }

  private static String answer(ProducerTemplate asking, Call call, Rung.OperatorsRoute route)
      throws JsonProcessingException {
    Exchange exchange =
        asking.request("direct:" + route.name(), asked -> asked.getMessage().setBody(call));
    if (exchange.getException() != null || wasKeptAsLetter(exchange)) {
      throw new IllegalStateException("the route failed");
    }
    Object body = exchange.getMessage().getBody();
    return body instanceof Iterable<?>
        ? JSON.writeValueAsString(body)
        : Optional.ofNullable(exchange.getMessage().getBody(String.class)).orElse("");
  }

  /** What failure.camel.yaml answers then is not the route's. */
  private static boolean wasKeptAsLetter(Exchange exchange) {
    return exchange.getProperty(FAILED_STEP) != null;
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

  @PreDestroy
  void close() {
    threads.shutdownNow();
  }
}
