package io.voicegateway.sandbox;

import java.util.Map;

/** What the sandbox must hold before a recorded request is sent, by the name of the exchange. */
final class Preconditions {
  private static final Map<String, Before> TABLE =
      Map.ofEntries(
          Map.entry("CreateDispatch-again", Before.after("CreateDispatch")),
          Map.entry("CreateRoom-again-same-name", Before.after("CreateRoom")),
          Map.entry("CreateSIPDispatchRule", Before.after("CreateSIPInboundTrunk")),
          Map.entry(
              "CreateSIPDispatchRule-conflict-same-trunk",
              Before.after("CreateSIPInboundTrunk", "CreateSIPDispatchRule")),
          Map.entry(
              "CreateSIPDispatchRule-conflict-wildcard",
              Before.after("CreateSIPDispatchRule-wildcard-beside-scoped")),
          Map.entry(
              "CreateSIPDispatchRule-wildcard-beside-scoped",
              Before.after("CreateSIPInboundTrunk", "CreateSIPDispatchRule")),
          Map.entry(
              "CreateSIPInboundTrunk-conflict-number",
              Before.after("CreateSIPInboundTrunk", "CreateSIPInboundTrunk-numbers")),
          Map.entry(
              "CreateSIPInboundTrunk-conflict-wildcard-other-addresses",
              Before.after("CreateSIPInboundTrunk")),
          Map.entry(
              "CreateSIPInboundTrunk-conflict-wildcard", Before.after("CreateSIPInboundTrunk")),
          Map.entry("CreateSIPParticipant-inbound-trunk-id", Before.after("CreateSIPInboundTrunk")),
          Map.entry("CreateSIPParticipant-nowait-486", Before.after("CreateSIPOutboundTrunk")),
          Map.entry("CreateSIPParticipant-nowait-dead-tcp", Before.deadTrunk()),
          Map.entry("CreateSIPParticipant-ok", Before.after("CreateSIPOutboundTrunk")),
          Map.entry("CreateSIPParticipant-wait-403", Before.after("CreateSIPOutboundTrunk")),
          Map.entry("CreateSIPParticipant-wait-404", Before.after("CreateSIPOutboundTrunk")),
          Map.entry("CreateSIPParticipant-wait-480", Before.after("CreateSIPOutboundTrunk")),
          Map.entry("CreateSIPParticipant-wait-486", Before.after("CreateSIPOutboundTrunk")),
          Map.entry("CreateSIPParticipant-wait-500", Before.after("CreateSIPOutboundTrunk")),
          Map.entry("CreateSIPParticipant-wait-503", Before.after("CreateSIPOutboundTrunk")),
          Map.entry("CreateSIPParticipant-wait-603", Before.after("CreateSIPOutboundTrunk")),
          Map.entry("CreateSIPParticipant-wait-dead-tcp", Before.deadTrunk()),
          Map.entry("CreateSIPParticipant-wait-never-ringing_timeout", Before.patientCallees()),
          Map.entry("CreateSIPParticipant-wait-ok", Before.after("CreateSIPOutboundTrunk")),
          Map.entry("CreateSIPParticipant-wait-silent", Before.patientCallees()),
          Map.entry(
              "DeleteDispatch",
              Before.room("").and(Before.after("CreateDispatch", "ListDispatch"))),
          Map.entry("DeleteRoom", Before.after("CreateRoom")),
          Map.entry("DeleteRoom-live-call", Before.answered()),
          Map.entry(
              "DeleteSIPDispatchRule",
              Before.after(
                  "CreateSIPInboundTrunk", "CreateSIPDispatchRule", "UpdateSIPDispatchRule")),
          Map.entry("DeleteSIPTrunk", Before.after("CreateSIPInboundTrunk-numbers")),
          Map.entry("GetParticipant-not-found", Before.after("CreateRoom")),
          Map.entry("GetParticipant-sip-active", Before.call("")),
          Map.entry(
              "GetParticipant-sip-outbound",
              Before.after("CreateSIPOutboundTrunk", "CreateSIPParticipant-ok")
                  .and((replay, exchange) -> replay.awaitPhone(exchange.room(), "active"))),
          Map.entry("GetParticipant-sip-ringing", Before.ringing()),
          Map.entry(
              "ListDispatch",
              Before.worker().and(Before.room("\"empty_timeout\":60")).and(Before.twoDispatches())),
          Map.entry("ListDispatch-after-CreateRoom", Before.after("CreateRoom")),
          Map.entry(
              "ListDispatch-job-running",
              Before.worker()
                  .and(Before.room(Before.agent("{}") + ",\"empty_timeout\":30"))
                  .and(Before.jobs(1))),
          Map.entry("ListDispatch-no-worker", Before.room(Before.agent("{}"))),
          Map.entry("ListDispatch-unknown-agent", Before.after("CreateDispatch-unknown-agent")),
          Map.entry(
              "ListDispatch-worker-took-job-but-did-not-join",
              Before.wedgedWorker()
                  .and(
                      Before.room(
                          Before.agent("{\\\"test\\\": {\\\"late\\\": 30}}")
                              + ",\"empty_timeout\":60,\"departure_timeout\":5"
                              + ",\"metadata\":\"{\\\"from\\\": \\\"+15550100001\\\"}\""))
                  .and(Before.jobs(1))),
          Map.entry(
              "ListParticipants-agent-and-caller",
              Before.call(
                  ",\"headers_to_attributes\":{\"X-Call-Ref\":\"call.ref\"}"
                      + ",\"include_headers\":\"SIP_X_HEADERS\"")),
          Map.entry(
              "ListParticipants-agent-only",
              Before.worker().and(Before.after("CreateRoom")).and(Before.jobs(1))),
          Map.entry("ListRooms", Before.after("CreateRoom")),
          Map.entry("ListRooms-by-name", Before.after("CreateRoom")),
          Map.entry("ListRooms-unknown-name", Before.after("CreateRoom")),
          Map.entry("ListSIPDispatchRule", Before.fiveRules()),
          Map.entry("ListSIPDispatchRule-by-trunk", Before.fiveRules()),
          Map.entry("ListSIPInboundTrunk", Before.threeTrunks()),
          Map.entry("ListSIPInboundTrunk-by-id", Before.threeTrunks()),
          Map.entry("ListSIPInboundTrunk-by-number", Before.threeTrunks()),
          Map.entry("ListSIPOutboundTrunk", Before.after("CreateSIPOutboundTrunk")),
          Map.entry("RemoveParticipant-not-found", Before.after("CreateRoom")),
          Map.entry("RemoveParticipant-sip-caller", Before.answered()),
          Map.entry("TransferSIPParticipant-202-bye", Before.answered()),
          Map.entry("TransferSIPParticipant-202-notify200", Before.answered()),
          Map.entry("TransferSIPParticipant-202-notify503", Before.refer(ReferAnswer.failed(503))),
          Map.entry("TransferSIPParticipant-202-only", Before.refer(ReferAnswer.NEVER_REPORTED)),
          Map.entry("TransferSIPParticipant-603", Before.refer(ReferAnswer.refused(603))),
          Map.entry("TransferSIPParticipant-none", Before.refer(ReferAnswer.refused(501))),
          Map.entry("TransferSIPParticipant-while-ringing", Before.ringing()),
          Map.entry("UpdateRoomMetadata", Before.after("CreateRoom")),
          Map.entry(
              "UpdateSIPDispatchRule",
              Before.after("CreateSIPInboundTrunk", "CreateSIPDispatchRule")),
          Map.entry("UpdateSIPInboundTrunk", Before.after("CreateSIPInboundTrunk")),
          Map.entry("UpdateSIPInboundTrunk-replace", Before.after("CreateSIPInboundTrunk")),
          Map.entry(
              "UpdateSIPInboundTrunk-conflict",
              Before.after("CreateSIPInboundTrunk", "CreateSIPInboundTrunk-numbers")));

  private Preconditions() {}

  static Before of(Exchange exchange) {
    return TABLE.getOrDefault(exchange.name(), (replay, any) -> {});
  }
}
