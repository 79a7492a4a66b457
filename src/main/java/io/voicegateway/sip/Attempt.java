package io.voicegateway.sip;

import io.voicegateway.sip.PlacedCall.Ending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One call, from its INVITE to the last answer. However it ends, nothing is left ringing. */
final class Attempt {

  private static final int REQUEST_TERMINATED = 487;

  /** How often the caller's condition is looked at while nothing comes. */
  private static final Duration TICK = Duration.ofMillis(100);

  private final Link link;
  private final CallRequest call;
  private final Requests requests;
  private final Predicate<List<SipAnswer>> enough;
  private final long sentAt = System.nanoTime();
  private final Map<String, Request> invites = new HashMap<>();
  private final List<SipAnswer> answers = new ArrayList<>();

  private Request invite;
  private Resend resend;
  private Deadline limit;
  private List<String> login = List.of();
  private boolean proceeds;
  private boolean rings;
  private boolean cancelled;
  private boolean cancelAnswered;
  private boolean byeAnswered;
  private @Nullable SipAnswer decision;
  private @Nullable Request ackOfAnswer;

  Attempt(Link link, CallRequest call, Requests requests, Predicate<List<SipAnswer>> enough) {
    this.link = link;
    this.call = call;
    this.requests = requests;
    this.enough = enough;
    invite = requests.invite(1, login);
    invites.put(invite.branch(), invite);
    resend = new Resend(invite, link.isReliable());
    limit = Deadline.in(call.patience());
  }

  PlacedCall run() {
    try {
      link.send(invite.bytes());
      while (!isOver()) {
        step();
      }
    } catch (SipFailure failure) {
      if (decision == null) {
        throw failure.after(answers);
      }
    } finally {
      if (decision == null && !cancelled) {
        abandon();
      }
    }
    return new PlacedCall(ending(), !login.isEmpty(), answers);
  }

  private boolean isOver() {
    if (decision == null) {
      return cancelled && limit.isOver();
    }
    boolean confirmed = decision.isSuccess() ? byeAnswered : !cancelled || cancelAnswered;
    return confirmed || limit.isOver();
  }

  private Ending ending() {
    if (decision == null) {
      return Ending.DROPPED;
    }
    if (decision.isSuccess()) {
      return Ending.ANSWERED;
    }
    boolean asWeAsked = cancelled && decision.code() == REQUEST_TERMINATED;
    return asWeAsked ? Ending.CANCELLED : Ending.REFUSED;
  }

  private void step() {
    Deadline next = resend.orEarlier(limit).orEarlier(Deadline.in(TICK));
    SipMessage message = link.receive(next.left());
    if (message != null) {
      take(message);
    }
    resend.ifDue(link);
    if (decision == null && !cancelled && isEnough()) {
      giveUp();
    }
  }

  /** Before its first answer a call cannot be cancelled (RFC 3261, 9.1). */
  private boolean isEnough() {
    return limit.isOver() || (proceeds && enough.test(Collections.unmodifiableList(answers)));
  }

  private void giveUp() {
    if (answers.isEmpty()) {
      throw link.noAnswer("there was no answer", call.patience());
    }
    cancelled = true;
    sendAndWait(requests.cancel(invite));
  }

  /** The last that can be done for a call that we lose sight of. */
  private void abandon() {
    try {
      link.send(requests.cancel(invite).bytes());
    } catch (SipFailure unreachable) {
      // nobody is there to be told
    }
  }

  private void sendAndWait(Request request) {
    limit = Deadline.in(call.patience());
    resend = new Resend(request, link.isReliable());
    link.send(request.bytes());
  }

  private void take(SipMessage message) {
    if (message.isRequest()) {
      if (!message.method().equals("ACK")) {
        link.send(Reply.to(message));
      }
    } else if (message.header("call-id").equals(requests.callId())) {
      takeAnswer(message);
    }
  }

  private void takeAnswer(SipMessage message) {
    switch (message.method()) {
      case "INVITE" ->
          Optional.ofNullable(invites.get(message.branch()))
              .ifPresent(answered -> takeInviteAnswer(answered, message));
      case "CANCEL" -> cancelAnswered |= note(message).isFinal();
      case "BYE" -> byeAnswered |= note(message).isFinal();
      default -> {
        // answers a request that we never make
      }
    }
  }

  private void takeInviteAnswer(Request answered, SipMessage message) {
    boolean isNew = decision == null && answered.number() == invite.number();
    Optional<String> loginLine = isNew ? login(message) : Optional.empty();
    if (isNew) {
      hear(note(message), loginLine.isEmpty());
    }
    if (message.code() >= 300) {
      link.send(requests.ackOfRefusal(answered, message).bytes());
    } else if (message.code() >= 200) {
      hangUp(message);
    }
    loginLine.ifPresent(this::inviteAgain);
  }

  private SipAnswer note(SipMessage message) {
    SipAnswer answer = SipAnswer.of(message, sentAt);
    answers.add(answer);
    resend.heard(answer);
    return answer;
  }

  private void hear(SipAnswer answer, boolean decides) {
    proceeds = true;
    if (answer.isFinal() && decides) {
      decision = answer;
    }
    if (answer.isRinging() && !rings && !cancelled) {
      rings = true;
      limit = Deadline.in(call.ring());
    }
  }

  /** The header that answers a challenge; only the first one is answered. */
  private Optional<String> login(SipMessage message) {
    SipLogin known = call.login();
    if (known == null || !login.isEmpty() || cancelled) {
      return Optional.empty();
    }
    return Challenge.of(message)
        .map(asked -> asked.answer(known, "INVITE", requests.uri(), Requests.unique()));
  }

  private void inviteAgain(String loginLine) {
    login = List.of(loginLine);
    proceeds = false;
    invite = requests.invite(invite.number() + 1, login);
    invites.put(invite.branch(), invite);
    resend = new Resend(invite, link.isReliable());
    link.send(invite.bytes());
  }

  /** An answer that is said again has missed our ACK. */
  private void hangUp(SipMessage answer) {
    if (ackOfAnswer != null) {
      link.send(ackOfAnswer.bytes());
      return;
    }
    ackOfAnswer = requests.ackOfAnswer(invite, answer, login);
    link.send(ackOfAnswer.bytes());
    sendAndWait(requests.bye(invite, answer));
  }
}
