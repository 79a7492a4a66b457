package io.voicegateway.jambonz;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.ext.web.RoutingContext;
import io.voicegateway.jambonz.LastAnswer.Asked;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.StreamCache;
import org.apache.camel.component.platform.http.PlatformHttpConstants;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConsumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpEngine;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.converter.stream.InputStreamCache;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Camel's HTTP engine, which sees to it that no route answers a call hook with an HTTP error or
 * with nothing: both would be a 480 for the caller. Nor a refer hook with nothing.
 */
@Component(PlatformHttpConstants.PLATFORM_HTTP_ENGINE_NAME)
final class CallHookEngine extends VertxPlatformHttpEngine {

  private static final Logger log = LoggerFactory.getLogger(CallHookEngine.class);

  private static final String REFER_HOOK = "/livekit-api/refer";
  private static final int FORBIDDEN = 403;

  /** How a list begins in which something stands. */
  private static final Pattern VERBS = Pattern.compile("\\s*\\[\\s*[^\\s\\]]");

  private final LastAnswer last;
  private final Counter missing;

  CallHookEngine(LastAnswer last, MeterRegistry meters) {
    this.last = last;
    this.missing =
        Counter.builder("gateway.answers.missing")
            .description("Hooks whose route left the caller nothing to play")
            .register(meters);
  }

  @Override
  public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor route) {
    String methods = endpoint.getHttpMethodRestrict();
    boolean posts = methods == null || methods.contains("POST");
    if (posts && LastAnswer.isCallersHook(endpoint.getPath())) {
      return new Hook(endpoint, exchange -> answered(route, exchange));
    }
    boolean transfers = posts && REFER_HOOK.equals(endpoint.getPath());
    return super.createConsumer(
        endpoint,
        exchange -> {
          traced(route, exchange);
          if (transfers) {
            refusedRatherThanEmpty(exchange);
          }
          inOnePiece(exchange.getMessage());
        });
  }

  /**
   * To a refer hook that is answered without verbs Jambonz says that the transfer was accepted, and
   * does nothing; LiveKit then waits until the call ends.
   */
  private static void refusedRatherThanEmpty(Exchange exchange) {
    boolean success = status(exchange) / 100 == 2;
    if (exchange.getException() != null || (success && !isPlayable(exchange))) {
      log.error("The route {} left a transfer without verbs", exchange.getFromRouteId());
      Message message = exchange.getMessage();
      exchange.setException(null);
      message.removeHeaders("*");
      message.setHeader(Exchange.HTTP_RESPONSE_CODE, FORBIDDEN);
      message.setBody("");
    }
  }

  private void answered(Processor route, Exchange exchange) throws Exception {
    Asked asked = Asked.of(exchange);
    traced(route, exchange);
    if (!isPlayable(exchange)) {
      answer(exchange, asked);
    }
    inOnePiece(exchange.getMessage());
  }

  /**
   * Jambonz's trace stands in the log lines of a hook and goes on to LiveKit. The body is in
   * memory: it is made bytes once, not for each step that reads it.
   */
  private static void traced(Processor route, Exchange exchange) throws Exception {
    Message request = exchange.getMessage();
    byte[] body = bytes(request);
    request.setBody(body);
    exchange.getUnitOfWork().getOriginalInMessage().setBody(body);
    Trace.enter(request.getHeader("b3", String.class));
    try {
      route.process(exchange);
    } finally {
      Trace.leave();
    }
  }

  private void answer(Exchange exchange, Asked asked) {
    Answer answer = last.instead(exchange, asked);
    if (!answer.verbs().isEmpty()) {
      log.error("The route {} left the caller nothing to play", exchange.getFromRouteId());
      missing.increment();
    }
    Message message = exchange.getMessage();
    exchange.setException(null);
    message.removeHeaders("*");
    message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    message.setBody(LastAnswer.json(answer));
  }

  /** What is in memory need not be sent as a stream, which takes two more threads. */
  private static void inOnePiece(Message message) {
    if (message.getBody() instanceof byte[] || message.getBody() instanceof StreamCache) {
      message.setBody(ByteBuffer.wrap(bytes(message)));
    }
  }

  /**
   * Camel's converters would copy what is in memory three times, through buffers larger than it.
   */
  private static byte[] bytes(Message message) {
    if (message.getBody() instanceof InputStreamCache memory) {
      memory.reset();
      return memory.readAllBytes();
    }
    return message.getBody(byte[].class);
  }

  /** Whether it is a list in which something stands. */
  private static boolean isPlayable(Exchange exchange) {
    if (exchange.getException() != null || status(exchange) != 200) {
      return false;
    }
    Message message = exchange.getMessage();
    byte[] body = bytes(message);
    message.setBody(body);
    return body != null && VERBS.matcher(new String(body, StandardCharsets.UTF_8)).lookingAt();
  }

  private static int status(Exchange exchange) {
    return exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 200, Integer.class);
  }

  /** A route that is suspended, as all are while the gateway ends, still leaves verbs. */
  private static final class Hook extends VertxPlatformHttpConsumer {

    Hook(PlatformHttpEndpoint endpoint, Processor route) {
      super(endpoint, route, List.of(), VertxPlatformHttpRouter.PLATFORM_HTTP_ROUTER_NAME_ZERO);
    }

    @Override
    protected void handleRequest(RoutingContext request) {
      if (isSuspended()) {
        request.fail(503);
      } else {
        super.handleRequest(request);
      }
    }
  }
}
