package io.voicegateway.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.voicegateway.call.Call;
import io.voicegateway.call.Party;
import io.voicegateway.call.TurnedAway;
import java.io.PrintStream;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * What was decided of a call before its verbs were written.
 *
 * @param plan the number of the plan's entry, {@code *} for the rest
 * @param project null where there is one only
 * @param fallback the ladder
 * @param turnedAway why the call may not go to an agent now; null when it may
 * @param rung by what its caller is helped
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Decisions(
    Written from,
    Written to,
    String plan,
    @Nullable String project,
    String agent,
    String connect,
    String fallback,
    @JsonProperty("turned_away") @Nullable String turnedAway,
    @Nullable String rung) {

  /** A number as the hook has it, and as it is passed on. */
  record Written(String received, @JsonProperty("passed_on") String passedOn) {

    private static Written of(Party party) {
      return new Written(party.received(), party.number());
    }

    @Override
    public String toString() {
      return received.equals(passedOn) ? received : received + " -> " + passedOn;
    }
  }

  /** Those about the call of an exchange; nothing when it came to no call. */
  static Optional<Decisions> of(Exchange exchange) {
    return Optional.ofNullable(exchange.getProperty("call", Call.class))
        .map(call -> of(call, exchange));
  }

  private static Decisions of(Call call, Exchange exchange) {
    TurnedAway away = exchange.getProperty("turnedAway", TurnedAway.class);
    return new Decisions(
        Written.of(call.from()),
        Written.of(call.to()),
        call.plan().number(),
        call.plan().project(),
        call.plan().agent(),
        call.plan().connect().toString(),
        call.plan().fallback().toString(),
        away == null ? null : away.reason().words(),
        exchange.getProperty("given", String.class));
  }

  void print(PrintStream out) {
    line(out, "from", from);
    line(out, "to", to);
    line(out, "plan", plan);
    line(out, "project", project);
    line(out, "agent", agent);
    line(out, "connect", connect);
    line(out, "fallback", fallback);
    line(out, "turned away", turnedAway);
    line(out, "rung", rung);
  }

  private static void line(PrintStream out, String name, @Nullable Object value) {
    if (value != null) {
      out.printf("%-12s %s%n", name, value);
    }
  }
}
