package io.voicegateway.jambonz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.voicegateway.call.Call;
import io.voicegateway.call.RareWarning;
import io.voicegateway.call.TurnedAway;
import java.time.Clock;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * For when no route could answer: it was removed, failed or hangs, or the body had no end. A caller
 * gets the fallback, because Jambonz would turn an HTTP error into a 480 for him; everybody else
 * gets a bare status.
 */
@Component
final class LastAnswer {

  private static final Logger log = LoggerFactory.getLogger(LastAnswer.class);
  private static final JsonMapper JSON = new JsonMapper();
  private static final Set<String> CALL_HOOKS =
      Set.of("/livekit-api", "/livekit-simple", "/livekit-api/callback", "/livekit-api/waiting");
  private static final String DIAL_HOOK = "/livekit-api/dial";
  private static final int TOO_LARGE = 413;

  private final FallbackVerbs fallback;
  private final RareWarning others;

  LastAnswer(Router router, FallbackVerbs fallback, Clock clock) {
    this.fallback = fallback;
    this.others = new RareWarning(clock);
    router.route().failureHandler(this::failed);
    router.errorHandler(404, this::failed);
    router.errorHandler(405, this::failed);
  }

  /**
   * What of a request is gone when its route has answered.
   *
   * @param then the sealed state
   * @param afterDial whether a dial or a conference of the caller's ended
   */
  record Asked(
      @Nullable String host, @Nullable String scheme, @Nullable String then, boolean afterDial) {

    static Asked of(Exchange exchange) {
      Message request = exchange.getMessage();
      return new Asked(
          request.getHeader("Host", String.class),
          request.getHeader("X-Forwarded-Proto", String.class),
          request.getHeader("then", String.class),
          exchange.getFromEndpoint() instanceof PlatformHttpEndpoint endpoint
              && DIAL_HOOK.equals(endpoint.getPath()));
    }
  }

  /** Whether Jambonz waits here for the verbs of a new call. */
  private static boolean isCallHook(@Nullable String path) {
    return path != null && CALL_HOOKS.contains(path.replaceFirst("/$", ""));
  }

  /** Whether a caller may wait here for verbs. */
  static boolean isCallersHook(@Nullable String path) {
    return isCallHook(path) || DIAL_HOOK.equals(path);
  }

  /** For a caller whose route left him nothing to play: what his number has, if it is known. */
  Answer instead(Exchange exchange, Asked asked) {
    CallHook hook = exchange.getProperty("hook", CallHook.class);
    Call call = exchange.getProperty("call", Call.class);
    if (hook != null
        && (asked.afterDial() || hook.kind() == HookKind.DIAL_ENDED)
        && !hook.isWaitingAfterDial()) {
      return Answer.NOTHING;
    }
    TurnedAway away = exchange.getProperty("turnedAway", TurnedAway.class);
    if (hook == null || call == null) {
      return fallback.last(asked.host(), asked.scheme());
    }
    return away == null
        ? fallback.instead(hook, call, asked.then(), asked.host(), asked.scheme())
        : fallback.turnedAway(away, hook, call, asked.host(), asked.scheme());
  }

  static byte[] json(Answer answer) {
    try {
      return JSON.writeValueAsBytes(answer);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void failed(RoutingContext context) {
    HttpServerRequest request = context.request();
    int status = context.statusCode() < 400 ? 500 : context.statusCode();
    boolean caller = request.method().equals(HttpMethod.POST) && isCallHook(request.path());
    tell(request, status, caller);
    if (context.response().ended()) {
      return;
    }
    if (!caller) {
      context.response().setStatusCode(status).end();
      return;
    }
    context
        .response()
        .setStatusCode(200)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .end(
            Buffer.buffer(
                json(
                    fallback.last(
                        request.getHeader("Host"), request.getHeader("X-Forwarded-Proto")))));
  }

  /**
   * What strangers can provoke at will is one line a minute, and no dead letter: the signature of a
   * body that is not read to its end says nothing.
   */
  private void tell(HttpServerRequest request, int status, boolean caller) {
    if (caller && status != TOO_LARGE) {
      log.error("No route answered {}: HTTP {}", request.path(), status);
    } else if (!others.isDue()) {
      return;
    } else if (caller) {
      log.warn(
          "{} {} had too large a body: answered with the fallback and not kept, as nobody knows"
              + " whose it is; others in the same minute say nothing",
          request.method(),
          request.path());
    } else {
      log.warn(
          "{} {} answered with HTTP {}; others in the same minute say nothing",
          request.method(),
          request.path(),
          status);
    }
  }
}
