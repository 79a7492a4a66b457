package io.voicegateway.sip;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes the requests of one dialog. */
final class Requests {

  static final String LINE_END = "\r\n";

  private static final String USER_AGENT = "voice-gateway";
  private static final Pattern IN_BRACKETS = Pattern.compile("<\\s*(sips?:[^>\\s]+)\\s*>");
  private static final Pattern BARE = Pattern.compile("(sips?:[^;,\\s]+).*");
  private static final Pattern ROUTE = Pattern.compile("<[^>]+>[^,]*");

  private final SipAddress server;
  private final String ownHost;
  private final String ownAddress;
  private final String caller;
  private final String callee;
  private final String callId = unique();
  private final String tag = unique();

  /**
   * Who calls whom.
   *
   * @param own the address from which the requests go out
   * @param callee empty for the server itself
   */
  Requests(SipAddress server, InetSocketAddress own, String caller, String callee) {
    this.server = server;
    this.ownHost = own.getAddress().getHostAddress().replaceFirst("%.*", "");
    this.ownAddress = SipAddress.inBrackets(ownHost) + ":" + own.getPort();
    this.caller = caller;
    this.callee = callee;
  }

  /** Random text, for all that must be unique. */
  static String unique() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  String callId() {
    return callId;
  }

  /** The address that is called. */
  String uri() {
    return server.uri(callee);
  }

  Request options() {
    return request(new Head("OPTIONS", uri(), branch(), 1, to()), List.of(), "");
  }

  /**
   * An offer to talk.
   *
   * @param login a header line, or none
   */
  Request invite(int number, List<String> login) {
    Head head = new Head("INVITE", uri(), branch(), number, to());
    return request(head, login, Offer.from(ownHost));
  }

  Request cancel(Request invite) {
    Head head = new Head("CANCEL", uri(), invite.branch(), invite.number(), to());
    return request(head, List.of(), "");
  }

  /** Confirms a refusal, within the INVITE's own transaction. */
  Request ackOfRefusal(Request invite, SipMessage refusal) {
    String to = refusal.header("to");
    return request(new Head("ACK", uri(), invite.branch(), invite.number(), to), List.of(), "");
  }

  /** Confirms that the call was answered, with the login that the INVITE had. */
  Request ackOfAnswer(Request invite, SipMessage answer, List<String> login) {
    List<String> more = new ArrayList<>(routes(answer));
    more.addAll(login);
    String to = answer.header("to");
    return request(new Head("ACK", target(answer), branch(), invite.number(), to), more, "");
  }

  Request bye(Request invite, SipMessage answer) {
    String to = answer.header("to");
    Head head = new Head("BYE", target(answer), branch(), invite.number() + 1, to);
    return request(head, routes(answer), "");
  }

  private Request request(Head head, List<String> more, String body) {
    List<String> lines = new ArrayList<>();
    lines.add(head.method + " " + head.uri + " SIP/2.0");
    lines.add("Via: SIP/2.0/%s %s;rport;branch=%s".formatted(way(), ownAddress, head.branch));
    lines.add("Max-Forwards: 70");
    lines.add("From: <sip:%s@%s>;tag=%s".formatted(caller, SipAddress.inBrackets(ownHost), tag));
    lines.add("To: " + head.to);
    lines.add("Call-ID: " + callId);
    lines.add("CSeq: " + head.number + " " + head.method);
    lines.add(
        "Contact: <sip:%s@%s;transport=%s>".formatted(caller, ownAddress, server.transport()));
    lines.add("User-Agent: " + USER_AGENT);
    lines.addAll(more);
    if (!body.isEmpty()) {
      lines.add("Content-Type: application/sdp");
    }
    lines.add("Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length);
    String text = String.join(LINE_END, lines) + LINE_END + LINE_END + body;
    return new Request(head.method, head.branch, head.number, text);
  }

  private String way() {
    return server.transport().name();
  }

  private static String branch() {
    return "z9hG4bK" + unique();
  }

  private String to() {
    return "<" + server.uriInHeaders(callee) + ">";
  }

  /** Where the answer wants further requests; the called address when it does not say. */
  private String target(SipMessage answer) {
    String contact = answer.header("contact");
    Matcher inBrackets = IN_BRACKETS.matcher(contact);
    if (inBrackets.find()) {
      return inBrackets.group(1);
    }
    Matcher bare = BARE.matcher(contact);
    return bare.matches() ? bare.group(1) : uri();
  }

  /** The proxies on the way, the nearest one first. */
  private static List<String> routes(SipMessage answer) {
    List<String> routes = new ArrayList<>();
    for (String recorded : answer.all("record-route")) {
      ROUTE.matcher(recorded).results().forEach(route -> routes.add("Route: " + route.group()));
    }
    Collections.reverse(routes);
    return routes;
  }

  /** What tells one request of a dialog from another. */
  private record Head(String method, String uri, String branch, int number, String to) {}
}
