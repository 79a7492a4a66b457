package io.voicegateway.sandbox;

import com.google.protobuf.Internal;
import com.google.protobuf.Message;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** One service of the API: its methods by name. */
final class TwirpService {
  private final String name;
  private final Map<String, Method<?>> methods = new HashMap<>();

  TwirpService(String name) {
    this.name = name;
  }

  /**
   * One method.
   *
   * @param allowed whether the grants of the token are enough for a request
   */
  record Method<Q extends Message>(
      Class<Q> request,
      BiPredicate<Grants, Q> allowed,
      Function<Q, ? extends CompletionStage<? extends Message>> answer) {

    Message prototype() {
      return Internal.getDefaultInstance(request);
    }

    CompletionStage<Message> call(Message message, Grants grants) {
      Q typed = request.cast(message);
      if (!allowed.test(grants, typed)) {
        throw TwirpError.of(TwirpCode.UNAUTHENTICATED, "permissions denied");
      }
      return answer.apply(typed).thenApply(Message.class::cast);
    }
  }

  /** Adds a method that answers at once. */
  <Q extends Message> TwirpService on(
      String method,
      Class<Q> request,
      BiPredicate<Grants, Q> allowed,
      Function<Q, ? extends Message> answer) {
    return later(
        method, request, allowed, query -> CompletableFuture.completedFuture(answer.apply(query)));
  }

  /** Adds a method that may take its time. */
  <Q extends Message> TwirpService later(
      String method,
      Class<Q> request,
      BiPredicate<Grants, Q> allowed,
      Function<Q, ? extends CompletionStage<? extends Message>> answer) {
    methods.put(method, new Method<>(request, allowed, answer));
    return this;
  }

  String name() {
    return name;
  }

  Optional<Method<?>> method(String method) {
    return Optional.ofNullable(methods.get(method));
  }
}
