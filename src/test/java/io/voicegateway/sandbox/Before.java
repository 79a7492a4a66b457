package io.voicegateway.sandbox;

import java.time.Duration;

/** A step that prepares the sandbox for a recorded request. */
@FunctionalInterface
interface Before {
  void prepare(Replay replay, Exchange exchange);

  default Before and(Before next) {
    return (replay, exchange) -> {
      prepare(replay, exchange);
      next.prepare(replay, exchange);
    };
  }

  /** Other recorded requests came first. */
  static Before after(String... exchanges) {
    return (replay, exchange) -> {
      for (String each : exchanges) {
        replay.perform(each);
      }
    };
  }

  /** The room of the request exists; the fields are those of CreateRoom, without the name. */
  static Before room(String fields) {
    return (replay, exchange) ->
        replay.createRoom(
            "{\"name\":\"" + exchange.room() + "\"" + (fields.isEmpty() ? "" : ",") + fields + "}");
  }

  static String agent(String metadata) {
    return "\"agents\":[{\"agent_name\":\"voice-agent\",\"metadata\":\"" + metadata + "\"}]";
  }

  static Before worker() {
    return worker(true);
  }

  static Before wedgedWorker() {
    return worker(false);
  }

  private static Before worker(boolean joins) {
    return (replay, exchange) ->
        replay.livekit.register(new SandboxWorker("voice-agent", Duration.ZERO, joins, true));
  }

  static Before jobs(int jobs) {
    return (replay, exchange) -> replay.awaitJobs(exchange.room(), jobs);
  }

  static Before twoDispatches() {
    return after("CreateDispatch", "CreateDispatch-again").and(jobs(2));
  }

  /** A phone rings in the room of the request. */
  static Before ringing() {
    return (replay, exchange) -> replay.ringingPhone(exchange.room());
  }

  /** A phone is in conversation in the room of the request. */
  static Before answered() {
    return (replay, exchange) -> replay.answeredPhone(exchange.room());
  }

  /** The same, and its far side answers a REFER like this. */
  static Before refer(ReferAnswer answer) {
    return (replay, exchange) -> replay.answeredPhone(exchange.room()).onRefer(to -> answer);
  }

  /** An agent and a phone in conversation; the fields are those of its trunk. */
  static Before call(String trunkFields) {
    return worker()
        .and(room(agent("")))
        .and(
            (replay, exchange) -> {
              replay.phone(
                  exchange.room(),
                  trunkFields,
                  ",\"attributes\":{\"rule.attr\":\"v\"},\"metadata\":\"rule-meta\"");
              replay.awaitPhone(exchange.room(), "active");
            });
  }

  /** An outbound trunk at whose address nothing listens. */
  static Before deadTrunk() {
    return (replay, exchange) -> {
      replay.outboundTrunk("ST_qYrBgaE6Fhva", "127.0.0.1:5999");
      replay.livekit.farEnd("127.0.0.1:5999", FarEnd.unreachable());
    };
  }

  /** Callees that let it ring. */
  static Before patientCallees() {
    return after("CreateSIPOutboundTrunk")
        .and(
            (replay, exchange) -> {
              replay.livekit.farEnd("never", FarEnd.ringsForEver());
              replay.livekit.farEnd("silent", leg -> {});
            });
  }

  static Before fiveRules() {
    return threeTrunks()
        .and(
            after(
                "CreateSIPDispatchRule",
                "CreateSIPDispatchRule-wildcard-beside-scoped",
                "CreateSIPDispatchRule-flat-old-form",
                "CreateSIPDispatchRule-direct-no-room",
                "CreateSIPDispatchRule-unknown-trunk"));
  }

  static Before threeTrunks() {
    return after(
        "CreateSIPInboundTrunk",
        "CreateSIPInboundTrunk-numbers",
        "CreateSIPInboundTrunk-bad-address");
  }
}
