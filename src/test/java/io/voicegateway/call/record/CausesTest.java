package io.voicegateway.call.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table from a call's ending to its cause, a row for each way in which real calls ended. */
class CausesTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "an operator hung up,              true , true , operator, completed, false, 200, 9 , true , IN_ROOM , false, false,              , operator_hung_up",
    "the caller hung up,               true , true , caller  , completed, false, 200, 4 , true , IN_ROOM , false, false,              , caller_hung_up",
    "the agent's side ended it,        true , true , agent   , completed, false, 200, 4 , true , IN_ROOM , false, false,              , agent_hung_up",
    "its time was over,                true , true , gateway , completed, false, 200, 9 , true , IN_ROOM , false, false,              , time_limit",
    "nobody told how it ended,         true , true , unknown , ''       , false, 0  , 9 , true , IN_ROOM , false, true ,              , lost",
    "its end was lost after the agent, true , true , unknown , completed, false, 200, 9 , true , IN_ROOM , true , true ,              , agent_lost",
    "the agent died in mid-call,       true , true , caller  , completed, false, 200, 30, true , IN_ROOM , true , false,              , agent_lost",
    "the room ended after the agent,   true , true , agent   , completed, false, 200, 30, true , IN_ROOM , true , false,              , agent_lost",
    "LiveKit's API is down,            false, false, gateway , ''       , false, 0  , 0 , false, NOT_TOLD, false, false,              , not_registered",
    "gave up soon,                     false, true , caller  , no-answer, false, 487, 3 , true , IN_ROOM , false, false, NO_WORKER    , caller_gave_up",
    "gave up on a silent agent,        false, true , caller  , no-answer, false, 487, 9 , true , IN_ROOM , false, false, AGENT_SILENT , agent_silent",
    "gave up on a busy agent,          false, true , caller  , no-answer, false, 487, 9 , true , IN_ROOM , false, false,              , caller_gave_up",
    "wrong password,                   false, true , livekit , failed   , false, 401, 0 , false, NEVER   , false, false, AGENT_READY  , wrong_password",
    "wrong password and a lost end,    false, true , livekit , failed   , false, 401, 0 , false, NOT_TOLD, false, true ,              , wrong_password",
    "no password,                      false, true , livekit , failed   , false, 407, 0 , false, NEVER   , false, false, AGENT_READY  , no_password",
    "no trunk,                         false, true , livekit , failed   , false, 404, 0 , false, NEVER   , false, false, AGENT_READY  , no_trunk",
    "no codec,                         false, true , livekit , failed   , false, 488, 0 , false, NEVER   , false, false, AGENT_READY  , media",
    "encryption asked for,             false, true , livekit , failed   , false, 400, 0 , false, NEVER   , false, false, AGENT_READY  , media",
    "two trunks match,                 false, true , livekit , failed   , false, 503, 0 , false, NEVER   , false, false, AGENT_READY  , ambiguous",
    "livekit-server is down,           false, true , livekit , failed   , false, 503, 1 , false, NEVER   , false, false, UNKNOWN      , livekit_down",
    "livekit-sip cannot join,          false, true , livekit , busy     , false, 486, 0 , true , NEVER   , false, false, AGENT_READY  , sip_rejected",
    "no worker,                        false, true , livekit , no-answer, false, 487, 20, true , IN_ROOM , false, false, NO_WORKER    , no_worker",
    "no worker and a trunk's limit,    false, true , livekit , busy     , false, 486, 15, true , IN_ROOM , false, false, NO_WORKER    , no_worker",
    "worker joins nothing,             false, true , livekit , ringing  , false, 180, 20, true , IN_ROOM , false, false, AGENT_MISSING, agent_missing",
    "agent is silent,                  false, true , livekit , no-answer, false, 487, 20, true , IN_ROOM , false, false, AGENT_SILENT , agent_silent",
    "no rule,                          false, true , livekit , no-answer, false, 487, 20, true , NEVER   , false, false, AGENT_READY  , no_rule",
    "no rule or a slow agent,          false, true , livekit , no-answer, false, 487, 20, true , NOT_TOLD, false, false, AGENT_READY  , not_put_through",
    "a slow agent,                     false, true , livekit , no-answer, false, 487, 20, true , IN_ROOM , false, false, AGENT_READY  , agent_late",
    "a slow agent and a trunk's limit, false, true , livekit , busy     , false, 486, 18, true , NOT_TOLD, false, false, AGENT_READY  , agent_late",
    "wrong SIP host,                   false, true , livekit , trying   , false, 100, 20, false, NEVER   , false, false, AGENT_READY  , no_sip_answer",
    "somebody deletes rooms,           false, true , livekit , busy     , false, 486, 15, true , NEVER   , false, false, NO_ROOM      , room_missing",
    "nobody looked,                    false, true , livekit , no-answer, false, 487, 20, true , NOT_TOLD, false, false,              , no_agent",
    "Jambonz cannot dial,              false, true , livekit , failed   , false, 500, 0 , false, NEVER   , false, false,              , not_running",
    "another answer,                   false, true , livekit , failed   , false, 603, 0 , false, NEVER   , false, false,              , other_sip_answer",
    "Jambonz refuses LiveKit's password, false, true , livekit , failed   , true , 401, 0 , false, IN_ROOM, false, false, AGENT_READY  , jambonz_login",
    "Jambonz has no such realm, false, true , livekit , failed   , true , 404, 0 , false, IN_ROOM, false, false, AGENT_READY  , jambonz_no_realm",
    "LiveKit is in Jambonz's network, false, true , livekit , failed   , true , 403, 0 , false, IN_ROOM, false, false, AGENT_READY  , jambonz_forbidden",
    "the ring-back is declined, false, true , livekit , failed   , true , 480, 0 , false, IN_ROOM, false, false, AGENT_READY  , jambonz_refused",
    "LiveKit never rang back, false, true , livekit , no-answer, true , 0, 20 , false, NEVER, false, false, AGENT_READY  , no_ring_back",
    "the ring-back got lost, false, true , livekit , no-answer, true , 0, 0.2 , false, NEVER, false, false, NO_WORKER    , not_placed",
    "rung back and no worker, false, true , livekit , no-answer, true , 0, 20 , false, IN_ROOM, false, false, NO_WORKER    , no_worker",
    "gave up in the wait, false, true , caller , no-answer, true , 0, 3 , false, IN_ROOM, false, false,              , caller_gave_up",
    "nothing is known,                 false, true , gateway , ''       , false, 0  , 0 , false, NOT_TOLD, false, false,              , unknown",
    "nothing is known but its loss,    false, true , unknown , ''       , false, 0  , 9 , false, NOT_TOLD, false, true ,              , lost",
  })
  void eachEndingHasItsCause(
      String name,
      boolean talked,
      boolean registered,
      String by,
      String status,
      boolean rungBack,
      int sip,
      double seconds,
      boolean rang,
      PhoneSeen phone,
      boolean agentLeft,
      boolean lost,
      @Nullable Finding finding,
      String code) {
    Ending end =
        new Ending(
            talked,
            registered,
            by,
            status,
            rungBack,
            sip,
            seconds,
            rang,
            phone,
            agentLeft,
            finding,
            lost,
            Handover.NONE,
            null);

    assertThat(Causes.of(end).code()).isEqualTo(code);
    assertThat(Causes.of(end).sentence(end, "voice-agent")).doesNotContain("{").endsWith(".");
  }
}
