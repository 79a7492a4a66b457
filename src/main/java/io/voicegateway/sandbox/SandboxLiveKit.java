package io.voicegateway.sandbox;

import io.voicegateway.livekit.routing.InboundRouting;
import io.voicegateway.livekit.routing.Invite;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import livekit.LivekitAgent.Job;
import livekit.LivekitAgentDispatch.AgentDispatch;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitModels.Room;
import livekit.LivekitSip.SIPDispatchRuleInfo;
import livekit.LivekitSip.SIPInboundTrunkInfo;
import livekit.LivekitSip.SIPOutboundTrunkInfo;

/**
 * A LiveKit for trying and testing: its API over HTTP on 127.0.0.1, its SIP side as method calls.
 * It has webhooks and no media.
 */
public final class SandboxLiveKit implements AutoCloseable {
  private final ExecutorService pool =
      Executors.newCachedThreadPool(task -> Loop.daemon(task, "sandbox-pool"));
  private final Loop loop = new Loop();
  private final InboundRouting routing = new InboundRouting(() -> Ids.random(12));
  private final FarEnds farEnds = new FarEnds();
  private final Events events;
  private final Webhooks webhooks;
  private final Workers workers;
  private final Rooms rooms;
  private final SipSide sip;
  private final TwirpServer server;

  private SandboxLiveKit(int port, Tokens tokens, Timings timings, Consumer<SandboxEvent> listener)
      throws IOException {
    events = new Events(listener, pool);
    workers = new Workers(loop, events);
    webhooks = new Webhooks(tokens, events);
    rooms = new Rooms(loop, events, webhooks, workers);
    sip = new SipSide(loop, rooms, events, new SipStore());
    server = new TwirpServer(port, tokens, loop, events, services(timings), pool);
  }

  private List<TwirpService> services(Timings timings) {
    RoomApi roomApi = new RoomApi(rooms);
    TwirpService sipService = new TwirpService("SIP");
    new TrunkApi(sip.store()).addTo(sipService);
    new RuleApi(sip.store()).addTo(sipService);
    new SipParticipantApi(sip, farEnds, roomApi, timings).addTo(sipService);
    return List.of(
        roomApi.service(),
        new DispatchApi(rooms, loop, timings.noResponse()).service(),
        sipService);
  }

  /**
   * Starts a sandbox.
   *
   * @param port TCP port on 127.0.0.1; 0 lets the system choose
   * @param listener is told of all that happens, in order, on a thread of the sandbox
   * @throws IOException when the port is taken
   */
  public static SandboxLiveKit start(
      int port, String apiKey, String apiSecret, Consumer<SandboxEvent> listener)
      throws IOException {
    return start(port, apiKey, apiSecret, Timings.REAL, listener);
  }

  static SandboxLiveKit start(
      int port, String apiKey, String apiSecret, Timings timings, Consumer<SandboxEvent> listener)
      throws IOException {
    return new SandboxLiveKit(port, new Tokens(apiKey, apiSecret), timings, listener);
  }

  /** The URL of the API. */
  public String url() {
    return "http://127.0.0.1:" + server.port();
  }

  /** Registers a worker; rooms created from now on get its agent. */
  public void register(SandboxWorker worker) {
    loop.execute(() -> workers.register(worker));
  }

  /** Unregisters the worker of that name; agents already in rooms stay. */
  public void unregister(String agentName) {
    loop.execute(() -> workers.unregister(agentName));
  }

  /** The agents in a room leave it, as when their worker dies. */
  public void agentsLeave(String room) {
    loop.execute(
        () ->
            rooms
                .find(room)
                .ifPresent(
                    found ->
                        found.members().stream()
                            .filter(Member::isAgent)
                            .forEach(agent -> rooms.leave(found, agent))));
  }

  /** Its API answers so long after what was asked is done, as one that is far away. */
  public void answerAfter(Duration delay) {
    server.answerAfter(delay);
  }

  /** Posts webhooks from now on, to one receiver. */
  public void webhooksTo(URI receiver) {
    webhooks.to(receiver);
  }

  /**
   * Sets who answers when LiveKit calls out.
   *
   * @param addressOrNumber a trunk's address (it counts first) or a called number
   */
  public void farEnd(String addressOrNumber, FarEnd farEnd) {
    farEnds.put(addressOrNumber, farEnd);
  }

  /**
   * Sends an INVITE to LiveKit.
   *
   * @param headers other SIP headers of the INVITE, such as X- headers
   * @param caller is told what LiveKit sends back, in order, on a thread of the sandbox
   */
  public PhoneLeg invite(Invite invite, Map<String, String> headers, Consumer<LegEvent> caller) {
    PhoneLeg leg = new PhoneLeg(sip, routing, invite, headers, caller);
    loop.execute(leg::start);
    return leg;
  }

  /** Puts a trunk there, or in the place of the one with its id, without LiveKit's checks. */
  public void store(SIPInboundTrunkInfo trunk) {
    loop.ask(() -> sip.store().inbound().put(trunk.getSipTrunkId(), trunk));
  }

  /** Puts an outbound trunk there, with the id that it names. */
  public void store(SIPOutboundTrunkInfo trunk) {
    loop.ask(() -> sip.store().outbound().put(trunk.getSipTrunkId(), trunk));
  }

  /** Puts a rule there, or in the place of the one with its id, without LiveKit's checks. */
  public void store(SIPDispatchRuleInfo rule) {
    loop.ask(() -> sip.store().rules().put(rule.getSipDispatchRuleId(), rule));
  }

  /** The open rooms. */
  public List<Room> rooms() {
    return loop.ask(() -> rooms.all().stream().map(SandboxRoom::info).toList());
  }

  /** The participants of a room; none when it does not exist. */
  public List<ParticipantInfo> participants(String room) {
    return loop.ask(
        () ->
            rooms.find(room).stream()
                .flatMap(found -> found.members().stream())
                .map(member -> member.info().build())
                .toList());
  }

  /** The agent jobs of a room, with the metadata they were given. */
  public List<Job> jobs(String room) {
    return loop.ask(() -> rooms.find(room).map(SandboxRoom::jobs).orElse(List.of()));
  }

  /** The agents that were asked to come to a room, whether or not a worker took the job. */
  public List<String> dispatchedAgents(String room) {
    return loop.ask(
        () ->
            rooms.find(room).stream()
                .flatMap(found -> found.dispatches().stream())
                .map(AgentDispatch::getAgentName)
                .toList());
  }

  /** How often something happened, by the name it has in {@link SandboxEvent#what()}. */
  public int count(String what) {
    return events.count(what);
  }

  /** Stops at once: no BYE, no further events. */
  @Override
  public void close() {
    server.close();
    loop.close();
    pool.shutdownNow();
  }
}
