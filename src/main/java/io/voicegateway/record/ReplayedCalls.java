package io.voicegateway.record;

import io.voicegateway.call.NothingToRedo;
import io.voicegateway.call.Rung;
import io.voicegateway.call.record.CallEvent;
import io.voicegateway.call.record.CallRecord;
import io.voicegateway.call.record.CallState;
import java.util.List;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whether what a dead letter asks for still helps its call. No agent is called for nobody. */
@Component("replayedCalls")
final class ReplayedCalls {

  private final Database database;
  private final CallStore store;

  ReplayedCalls(Database database, CallStore store) {
    this.database = database;
    this.store = store;
  }

  /**
   * Lets a call pass whose caller is on his way to his agent.
   *
   * @throws NothingToRedo for every other one
   */
  void onTheWay(@Header("call_sid") @Nullable String sid) {
    CallRecord call = call(sid);
    if (call.state().isOver()) {
      throw new NothingToRedo(
          "The call is over: its caller is gone, and no agent is called for nobody. Discard the letter.");
    }
    if (call.state() == CallState.TALKING || !leadsToAgent(call)) {
      throw new NothingToRedo(
          "The call goes on without that agent: its caller is with somebody else or got the"
              + " fallback. Discard the letter.");
    }
  }

  private static boolean leadsToAgent(CallRecord call) {
    List<String> rungs = call.rungs();
    String last = rungs.isEmpty() ? "" : rungs.get(rungs.size() - 1);
    return Rung.isToAgent(last) && !last.startsWith(Rung.PROJECT);
  }

  /**
   * Lets a call pass that is over.
   *
   * @throws NothingToRedo for one that goes on
   */
  void ended(@Header("call_sid") @Nullable String sid) {
    if (!isOver(sid)) {
      throw new NothingToRedo(
          "The call goes on, and its room may be needed: replay it when the call is over, or hang up.");
    }
  }

  /** Whether the call is over. */
  boolean isOver(@Header("call_sid") @Nullable String sid) {
    return call(sid).state().isOver();
  }

  private CallRecord call(@Nullable String sid) {
    List<CallEvent> heard =
        sid == null
            ? List.of()
            : database
                .answer(() -> store.eventsOf(sid))
                .orElseThrow(
                    () ->
                        new NothingToRedo(
                            "The calls' database does not answer, so nobody can tell whether the"
                                + " call goes on. Try again when it is back."));
    if (heard.isEmpty()) {
      throw new NothingToRedo(
          "Nothing is known of the call, so nobody can tell whether it goes on. Discard the letter.");
    }
    return CallRecord.of(heard);
  }
}
