package io.voicegateway.jambonz;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.voicegateway.call.Call;
import java.io.IOException;
import java.util.Locale;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/** Reads the bytes of a hook. */
@Component("hookReader")
final class HookReader {

  static final int MOST_BYTES = 256 * 1024;

  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .addHandler(new Lenient())
          .build()
          .readerFor(CallHook.class);

  /** Whether a hook tells of a call that was answered before. */
  static boolean isEvent(@Body CallHook hook) {
    return !hook.isNewCall();
  }

  /**
   * Understands a hook.
   *
   * @throws UnreadableHook with the reason, which is fit for logs
   */
  CallHook read(
      @Body byte @Nullable [] body, @Header(Exchange.CONTENT_TYPE) @Nullable String contentType) {
    if (body == null || body.length == 0) {
      throw new UnreadableHook("the body is empty: the hook's method must be POST");
    }
    if (body.length > MOST_BYTES) {
      throw new UnreadableHook("the body is larger than " + MOST_BYTES / 1024 + " KiB");
    }
    if (contentType == null || !contentType.toLowerCase(Locale.ROOT).contains("json")) {
      throw new UnreadableHook("the Content-Type is not application/json");
    }
    CallHook hook = checked(parse(body));
    MDC.put("call_sid", hook.callSid());
    return hook;
  }

  private static CallHook parse(byte[] body) {
    try {
      CallHook hook = JSON.readValue(body);
      if (hook == null) {
        throw new UnreadableHook("the body is no JSON object");
      }
      return hook;
    } catch (JsonProcessingException wrong) {
      throw new UnreadableHook(
          "the body is not a hook: line %d, column %d, %s"
              .formatted(
                  wrong.getLocation() == null ? 1 : wrong.getLocation().getLineNr(),
                  wrong.getLocation() == null ? 1 : wrong.getLocation().getColumnNr(),
                  wrong.getClass().getSimpleName()));
    } catch (IOException impossible) {
      throw new UnreadableHook("the body ends early");
    }
  }

  /** One value of an unexpected type must not cost a call: it counts as not sent. */
  private static final class Lenient extends DeserializationProblemHandler {
    @Override
    public @Nullable Object handleUnexpectedToken(
        DeserializationContext context,
        JavaType type,
        JsonToken token,
        JsonParser parser,
        @Nullable String message)
        throws IOException {
      parser.skipChildren();
      return null;
    }

    @Override
    public @Nullable Object handleMissingInstantiator(
        DeserializationContext context,
        Class<?> type,
        ValueInstantiator instantiator,
        JsonParser parser,
        @Nullable String message) {
      return null;
    }

    @Override
    public @Nullable Object handleWeirdStringValue(
        DeserializationContext context, Class<?> type, String value, @Nullable String message) {
      return null;
    }
  }

  private static CallHook checked(CallHook hook) {
    if (hook.callSid() == null || hook.callSid().isEmpty()) {
      throw new UnreadableHook("call_sid is missing");
    }
    if (!Call.isSid(hook.callSid())) {
      throw new UnreadableHook(
          "call_sid cannot be an id: only 1 to 128 letters, digits, '-' and '_' are allowed");
    }
    return hook;
  }
}
