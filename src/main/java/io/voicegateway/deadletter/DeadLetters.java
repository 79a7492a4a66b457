package io.voicegateway.deadletter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.voicegateway.call.Call;
import io.voicegateway.call.Unreadable;
import io.voicegateway.deadletter.DeadLetterChannel.Undone;
import io.voicegateway.deadletter.Letter.State;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Writes dead letters: what could not be done, why, and the bytes that asked for it. */
@Component("deadLetters")
final class DeadLetters {

  private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
  private static final JsonMapper JSON = new JsonMapper();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmssSSS").withZone(ZoneOffset.UTC);

  /** Under this name the letter stands in the properties, its id in the headers. */
  private static final String LETTER = "letter";

  /** The property under which a route keeps the bytes of its hook for what it taps. */
  private static final String ORIGINAL = "original";

  /** The route by which everything comes that no route was doing. */
  private static final String POSTED = "dead-letter";

  private final Clock clock;
  private final LastResort lastResort;

  DeadLetters(Clock clock, LastResort lastResort) {
    this.clock = clock;
    this.lastResort = lastResort;
  }

  /**
   * Makes the failed exchange's message a letter, its id in the header {@code letter}; the property
   * {@code cause} says why it failed.
   */
  void write(Exchange exchange) throws JsonProcessingException {
    String id = TIME.format(clock.instant()) + "-" + exchange.getExchangeId();
    Letter letter = letter(id, exchange);
    exchange.setProperty(LETTER, letter);
    exchange.setProperty("cause", letter.cause());
    exchange.getMessage().setHeader(LETTER, id);
    exchange.getMessage().setBody(FileLetters.bytes(letter));
  }

  /** A letter about what no exchange tells of. */
  Letter letter(Undone undone) {
    Instant now = clock.instant();
    return new Letter(
        TIME.format(now) + "-" + UUID.randomUUID(),
        now.toString(),
        undone.route(),
        undone.step(),
        Failures.shortened(undone.cause()),
        undone.callSid(),
        undone.contentType(),
        undone.body(),
        null,
        undone.route(),
        null,
        false,
        State.WAITING,
        0,
        List.of());
  }

  /** Says that the letter is kept, and why it had to be. */
  void kept(Exchange exchange) {
    sayKept(exchange.getProperty(LETTER, Letter.class), Failures.frames(exchange));
  }

  /** Under a name of its own, as routes find their methods by name. */
  static void sayKept(Letter letter, String frames) {
    log.error("{}. Dead letter {}{}", letter.failed(), letter.id(), frames);
  }

  /** A letter that no file can hold. */
  void log(Exchange exchange) {
    lastResort.keep(exchange.getProperty(LETTER, Letter.class), Failures.of(exchange));
  }

  private Letter letter(String id, Exchange exchange) {
    byte[] original = original(exchange);
    String text = utf8(original);
    String route = exchange.getProperty(ExchangePropertyKey.FAILURE_ROUTE_ID, String.class);
    return new Letter(
        id,
        clock.instant().toString(),
        route,
        exchange.getProperty(FailedStep.STEP, String.class),
        Failures.cause(exchange),
        callSid(exchange, text),
        exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, String.class),
        text,
        text == null ? Base64.getEncoder().encodeToString(original) : null,
        POSTED.equals(exchange.getFromRouteId()) ? route : exchange.getFromRouteId(),
        project(exchange),
        Failures.of(exchange) instanceof Unreadable,
        State.WAITING,
        0,
        List.of());
  }

  private static @Nullable String project(Exchange exchange) {
    return exchange.getProperty("call") instanceof Call call
        ? call.project()
        : exchange.getProperty("project", String.class);
  }

  /** A route that ends a room knows the call by its id alone, in a header. */
  private static @Nullable String callSid(Exchange exchange, @Nullable String original) {
    if (exchange.getProperty("call") instanceof Call call) {
      return call.sid();
    }
    String told = exchange.getProperty(DeadLetterChannel.CALL_SID, String.class);
    if (told != null) {
      return told;
    }
    String named = exchange.getMessage().getHeader("call_sid", String.class);
    return named != null && Call.isSid(named) ? named : callSidIn(original);
  }

  /** As a hook has it that failed before its call was known. */
  private static @Nullable String callSidIn(@Nullable String original) {
    try {
      JsonNode hook = original == null ? null : JSON.readTree(original);
      String sid = hook == null ? "" : hook.path("call_sid").asText();
      return Call.isSid(sid) ? sid : null;
    } catch (JsonProcessingException noHook) {
      return null;
    }
  }

  /** A wire tap begins with a message of its own; then the route that tapped keeps the hook's. */
  private static byte[] original(Exchange exchange) {
    byte[] kept = exchange.getProperty(ORIGINAL, byte[].class);
    byte[] body =
        kept == null ? exchange.getUnitOfWork().getOriginalInMessage().getBody(byte[].class) : kept;
    return body == null ? new byte[0] : body;
  }

  private static @Nullable String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException binary) {
      return null;
    }
  }
}
