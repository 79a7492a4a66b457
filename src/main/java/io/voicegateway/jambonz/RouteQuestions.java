package io.voicegateway.jambonz;

import io.voicegateway.call.Call;
import io.voicegateway.call.Question;
import io.voicegateway.call.ReadyThreads;
import io.voicegateway.call.Rung;
import io.voicegateway.project.SharedThreads;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Asks a route about a call for the sake of a rung, while the caller waits for an answer. */
@Component
final class RouteQuestions {

  private static final Logger log = LoggerFactory.getLogger(RouteQuestions.class);

  /** An answer that was taken is here when the route's last steps are done. */
  private static final Duration ON_ITS_WAY = Duration.ofMillis(200);

  /** What the routes' error handler leaves in an exchange that it has handled. */
  private static final String FAILED_STEP = "failedStep";

  private final ProducerTemplate routes;
  private final ExecutorService threads;

  RouteQuestions(ProducerTemplate routes, SharedThreads threads) {
    this.routes = routes;
    this.threads = ReadyThreads.upTo(threads.hooks(), "asked-rungs");
  }

  /**
   * What the route made of the call; empty when it failed or took too long, so that the rung is
   * left out. The route has the {@link Question} and undoes what comes too late.
   *
   * @param route name of its {@code direct:} address
   */
  Optional<Exchange> ask(Call call, Rung rung, String route, Duration patience) {
    try {
      Exchange answer = asked(call, route, patience);
      if (!hasFailed(answer)) {
        return Optional.of(answer);
      }
      log.warn("call={} rung {} is left out: it failed", call.sid(), rung.label());
    } catch (ExecutionException | RejectedExecutionException failed) {
      log.warn("call={} rung {} is left out: it failed", call.sid(), rung.label());
    } catch (TimeoutException late) {
      log.warn("call={} rung {} is left out: it took too long", call.sid(), rung.label());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }

  private Exchange asked(Call call, String route, Duration patience)
      throws ExecutionException, InterruptedException, TimeoutException {
    Question question = new Question();
    Future<Exchange> answer =
        threads.submit(
            () ->
                routes.request(
                    "direct:" + route,
                    asked -> {
                      asked.setProperty(Question.PROPERTY, question);
                      asked.getMessage().setBody(call);
                    }));
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      if (question.giveUp()) {
        throw late;
      }
      return answer.get(ON_ITS_WAY.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      answer.cancel(true);
    }
  }

  /** What failure.camel.yaml answers is not the route's. */
  private static boolean hasFailed(Exchange answer) {
    return answer.getException() != null || answer.getProperty(FAILED_STEP) != null;
  }

  @PreDestroy
  void close() {
    threads.shutdownNow();
  }
}
