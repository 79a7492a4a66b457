package io.voicegateway.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voicegateway.call.record.CallEvent;
import io.voicegateway.deadletter.DeadLetterChannel;
import io.voicegateway.deadletter.Failures;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.springframework.stereotype.Component;

/** Writes down, or tells others, what a dead letter kept of calls: one event or a list of them. */
@Component("replayedEvents")
final class ReplayedEvents {

  /** Shorter than a letter is anybody's own. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final CallStore store;
  private final ToldChanges changes;
  private final ProducerTemplate routes;
  private final ObjectMapper json;

  ReplayedEvents(CallStore store, ToldChanges changes, ProducerTemplate routes, ObjectMapper json) {
    this.store = store;
    this.changes = changes;
    this.routes = routes;
    this.json = json;
  }

  /** The receivers of call events did not take all; the message is fit for logs. */
  private static final class NotTaken extends Exception {
    NotTaken(String why) {
      super(why);
    }
  }

  /** Into the calls' record, at once. What stands there already is not written again. */
  void write(@Body byte[] letter) throws IOException {
    List<CallEvent> events = new ArrayList<>();
    for (JsonNode event : each(letter)) {
      events.add(json.treeToValue(event, CallEvent.class));
    }
    store.write(events).forEach(changes::tell);
  }

  /**
   * To the receivers of call events, one after the other, each with the id that it has had. Those
   * that took one before know it by that.
   */
  void tell(@Body byte[] letter) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (JsonNode event : each(letter)) {
      if (System.nanoTime() > end) {
        throw new NotTaken("the receivers of call events are too slow");
      }
      Exchange told = routes.send("direct:call-event", exchange -> fill(exchange, event));
      if (told.getException() != null) {
        throw new NotTaken(Failures.cause(told));
      }
    }
  }

  private void fill(Exchange exchange, JsonNode event) throws IOException {
    exchange.setProperty("replay", true);
    exchange.setProperty(DeadLetterChannel.CALL_SID, event.at("/call/call_sid").asText());
    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
    exchange.getMessage().setBody(json.writeValueAsBytes(event));
  }

  private List<JsonNode> each(byte[] letter) throws IOException {
    JsonNode told = json.readTree(letter);
    List<JsonNode> events = new ArrayList<>();
    (told.isArray() ? told : List.of(told)).forEach(events::add);
    return events;
  }
}
