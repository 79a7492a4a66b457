package io.voicegateway.deadletter;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.voicegateway.call.Call;
import io.voicegateway.call.Mask;
import io.voicegateway.deadletter.DeadLetterChannel.Undone;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.http.base.HttpOperationFailedException;
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

  private static final int MOST_FRAMES = 12;

  /** The application's variables in a hook, among which may be keys and passwords. */
  private static final Pattern SETTINGS = Pattern.compile("(\"env_vars\"\\s*:\\s*)\\{[^}]*}");

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
    exchange.getMessage().setBody(bytes(letter));
  }

  /** A letter about what no exchange tells of. */
  Letter letter(Undone undone) {
    Instant now = clock.instant();
    return new Letter(
        TIME.format(now) + "-" + UUID.randomUUID(),
        now.toString(),
        undone.route(),
        undone.step(),
        undone.cause(),
        undone.callSid(),
        undone.contentType(),
        undone.body(),
        null);
  }

  /** A letter as its file holds it. */
  static byte[] bytes(Letter letter) throws JsonProcessingException {
    return JSON.writeValueAsBytes(letter);
  }

  /** Says that the letter is kept, and why it had to be. */
  void kept(Exchange exchange) {
    sayKept(exchange.getProperty(LETTER, Letter.class), frames(exchange));
  }

  /** Under a name of its own, as routes find their methods by name. */
  static void sayKept(Letter letter, String frames) {
    log.error("{}. Dead letter {}{}", failed(letter), letter.id(), frames);
  }

  /** The last place for a letter that cannot be kept: the log, numbers and settings masked. */
  void log(Exchange exchange) {
    logWhole(exchange.getProperty(LETTER, Letter.class), failure(exchange));
  }

  static void logWhole(Letter letter, Exception why) {
    String body =
        letter.body() == null
            ? "bytes that are no text"
            : Mask.text(SETTINGS.matcher(letter.body()).replaceAll("$1{…}"));
    log.error(
        "{}. The dead letter could not be kept ({}). It was: {}",
        failed(letter),
        why.getClass().getSimpleName(),
        body);
  }

  private static String failed(Letter letter) {
    return "call=%s %s failed at %s: %s"
        .formatted(
            letter.callSid() == null ? "unknown" : letter.callSid(),
            letter.route(),
            letter.step(),
            letter.cause());
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
        callSid(exchange),
        exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, String.class),
        text,
        text == null ? Base64.getEncoder().encodeToString(original) : null);
  }

  /** A route that ends a room knows the call by its id alone, in a header. */
  private static @Nullable String callSid(Exchange exchange) {
    if (exchange.getProperty("call") instanceof Call call) {
      return call.sid();
    }
    String told = exchange.getProperty(DeadLetterChannel.CALL_SID, String.class);
    String named = exchange.getMessage().getHeader("call_sid", String.class);
    return told == null && named != null && Call.isSid(named) ? named : told;
  }

  /** A wire tap begins with a message of its own; then the route that tapped keeps the hook's. */
  private static byte[] original(Exchange exchange) {
    byte[] kept = exchange.getProperty(ORIGINAL, byte[].class);
    byte[] body =
        kept == null ? exchange.getUnitOfWork().getOriginalInMessage().getBody(byte[].class) : kept;
    return body == null ? new byte[0] : body;
  }

  /** In one sentence. What others throw may hold the hook's own data: only its kind is told. */
  private static String cause(Exchange exchange) {
    Exception failure = failure(exchange);
    String foreseen = foreseen(failure);
    return foreseen == null ? failure.getClass().getSimpleName() : foreseen;
  }

  private static @Nullable String foreseen(Exception failure) {
    if (failure instanceof CallNotPermittedException) {
      return "LiveKit failed for most of the last calls and is not asked for some seconds";
    }
    if (failure instanceof HttpOperationFailedException refused) {
      return "HTTP " + refused.getStatusCode();
    }
    if (failure instanceof RejectedExecutionException) {
      return "the gateway ended before it was tried again";
    }
    return isOurs(failure) ? Mask.text(String.valueOf(failure.getMessage())) : null;
  }

  /** Where it happened, without any message, for what nobody foresaw. */
  private static String frames(Exchange exchange) {
    Exception failure = failure(exchange);
    if (foreseen(failure) != null) {
      return "";
    }
    StringBuilder lines = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      lines.append("\n  ").append(cause.getClass().getName());
      Stream.of(cause.getStackTrace())
          .limit(MOST_FRAMES)
          .forEach(frame -> lines.append("\n    at ").append(frame));
    }
    return lines.toString();
  }

  private static boolean isOurs(Throwable failure) {
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
