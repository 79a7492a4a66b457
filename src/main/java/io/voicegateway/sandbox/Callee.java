package io.voicegateway.sandbox;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Whoever a dial verb calls. */
interface Callee {

  /** Sends the INVITE; the events are told from now on. */
  void call(Consumer<LegEvent> events);

  /** Ends the leg, by CANCEL or BYE. */
  void hangUp();

  /** A person. */
  static Callee of(Person person) {
    return new Callee() {
      @Override
      public void call(Consumer<LegEvent> events) {
        events.accept(LegEvent.response(LegEvent.Kind.PROVISIONAL, 180, "Ringing"));
        if (person.code() != 200) {
          events.accept(LegEvent.response(LegEvent.Kind.REFUSED, person.code(), ""));
          return;
        }
        events.accept(LegEvent.response(LegEvent.Kind.ANSWERED, 200, "OK"));
        CompletableFuture.delayedExecutor(person.talk().toMillis(), TimeUnit.MILLISECONDS)
            .execute(() -> events.accept(LegEvent.request(LegEvent.Kind.BYE)));
      }

      @Override
      public void hangUp() {}
    };
  }
}
