package io.voicegateway.console;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeCompletedEvent;
import org.apache.camel.spi.CamelEvent.ExchangeFailedEvent;
import org.apache.camel.support.EventNotifierSupport;

/** Hears what the routes decide of the hook that is played. */
final class Overheard extends EventNotifierSupport {

  private static final long PATIENCE_SECONDS = 2;

  private volatile CompletableFuture<Optional<Decisions>> next = new CompletableFuture<>();

  /** What is decided of the next hook. */
  void listen() {
    next = new CompletableFuture<>();
  }

  /**
   * What was decided; nothing when the hook came to no call. An exchange is over after its answer
   * was sent, and requests that come to no call may be under way beside it.
   */
  Optional<Decisions> decisions() {
    return next.completeOnTimeout(Optional.empty(), PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  @Override
  public void notify(CamelEvent event) {
    Exchange exchange = ((CamelEvent.ExchangeEvent) event).getExchange();
    if (exchange.getFromEndpoint().getEndpointUri().startsWith("platform-http:")) {
      Decisions.of(exchange).ifPresent(made -> next.complete(Optional.of(made)));
    }
  }

  @Override
  public boolean isEnabled(CamelEvent event) {
    return event instanceof ExchangeCompletedEvent || event instanceof ExchangeFailedEvent;
  }
}
