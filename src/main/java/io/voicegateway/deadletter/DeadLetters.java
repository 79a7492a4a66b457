package io.voicegateway.deadletter;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.voicegateway.call.Call;
import io.voicegateway.call.Mask;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
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

  /** Under this name the letter's id stands in the message's headers. */
  private static final String LETTER = "letter";

  private final Clock clock;

  DeadLetters(Clock clock) {
    this.clock = clock;
  }

  /**
   * One letter.
   *
   * @param route where it failed
   * @param step the id of the step that failed
   * @param body the original text, null when it is no UTF-8
   * @param bytes the original bytes in base64, null when the text says it all
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Letter(
      String id,
      String time,
      @Nullable String route,
      @Nullable String step,
      String cause,
      @JsonProperty("call_sid") @Nullable String callSid,
      @JsonProperty("content_type") @Nullable String contentType,
      @Nullable String body,
      @JsonProperty("body_base64") @Nullable String bytes) {}

  /** Makes the failed exchange's message a letter, its id in the header {@code letter}. */
  void write(Exchange exchange) throws JsonProcessingException {
    String id = TIME.format(clock.instant()) + "-" + exchange.getExchangeId();
    Letter letter = letter(id, exchange);
    exchange.getMessage().setHeader(LETTER, id);
    exchange.getMessage().setBody(JSON.writeValueAsBytes(letter));
    log.error(
        "call={} {} failed at {}: {}. Dead letter {}",
        letter.callSid(),
        letter.route(),
        letter.step(),
        letter.cause(),
        id,
        stackTrace(exchange));
  }

  /** The last place for a letter that cannot be written: the log, numbers masked. */
  void log(Exchange exchange) {
    Letter letter = letter("(none)", exchange);
    String body = letter.body() == null ? letter.bytes() : Mask.text(letter.body());
    log.error(
        "call={} {} failed at {}: {}. The dead letter could not be kept: {}. The hook was: {}",
        letter.callSid(),
        letter.route(),
        letter.step(),
        letter.cause(),
        Mask.text(String.valueOf(exchange.getProperty(Exchange.EXCEPTION_CAUGHT))),
        body);
  }

  private Letter letter(String id, Exchange exchange) {
    byte[] original = original(exchange);
    String text = utf8(original);
    return new Letter(
        id,
        clock.instant().toString(),
        exchange.getProperty(ExchangePropertyKey.FAILURE_ROUTE_ID, String.class),
        exchange.getProperty(FailedStep.STEP, String.class),
        cause(exchange),
        exchange.getProperty("call") instanceof Call call ? call.sid() : null,
        exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, String.class),
        text,
        text == null ? Base64.getEncoder().encodeToString(original) : null);
  }

  private static byte[] original(Exchange exchange) {
    byte[] body = exchange.getUnitOfWork().getOriginalInMessage().getBody(byte[].class);
    return body == null ? new byte[0] : body;
  }

  /** In one sentence. Our own exceptions say it all; others need their name. */
  private static String cause(Exchange exchange) {
    Exception failure = failure(exchange);
    if (failure instanceof CallNotPermittedException) {
      return "LiveKit failed for most of the last calls and is not asked for some seconds";
    }
    String message = Mask.text(String.valueOf(failure.getMessage()));
    return isOurs(failure) ? message : failure.getClass().getSimpleName() + ": " + message;
  }

  /** Only for what nobody foresaw. */
  private static @Nullable Exception stackTrace(Exchange exchange) {
    Exception failure = failure(exchange);
    return isOurs(failure) || failure instanceof CallNotPermittedException ? null : failure;
  }

  private static boolean isOurs(Exception failure) {
    return failure.getClass().getName().startsWith("io.voicegateway.");
  }

  private static Exception failure(Exchange exchange) {
    return exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Exception.class);
  }

  private static @Nullable String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException binary) {
      return null;
    }
  }
}
