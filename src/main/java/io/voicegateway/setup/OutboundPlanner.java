package io.voicegateway.setup;

import io.voicegateway.jambonz.rest.Account;
import io.voicegateway.jambonz.rest.JambonzApi;
import io.voicegateway.jambonz.rest.SipUser;
import io.voicegateway.livekit.api.SipRequests;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import livekit.LivekitSip.SIPOutboundTrunkInfo;

/**
 * Plans LiveKit's way into Jambonz, for calls that LiveKit places: a SIP client of the account, and
 * an outbound trunk with its login.
 */
final class OutboundPlanner {

  private static final String WHAT = "outbound trunk";
  private static final String NAME = "voice-gateway";

  /** A name that nobody else gives a client. */
  private static final String USER = "voice-gateway";

  /** LiveKit wants a number for each trunk; each call names its own. */
  private static final String NO_NUMBER = "anonymous";

  private final JambonzApi jambonz;
  private final SipRequests livekit;
  private final JambonzNeeds needed;
  private final Clock clock;

  OutboundPlanner(JambonzApi jambonz, SipRequests livekit, JambonzNeeds needed, Clock clock) {
    this.jambonz = jambonz;
    this.livekit = livekit;
    this.needed = needed;
    this.clock = clock;
  }

  List<Step> plan(Account account, List<SipUser> users, List<SIPOutboundTrunkInfo> trunks) {
    String realm = account.sipRealm();
    if (realm == null || realm.isEmpty()) {
      return List.of(
          Step.told(
              Action.CONFLICT,
              WHAT,
              "",
              "the account has no SIP realm, so that LiveKit cannot call in",
              "set one in the portal, Account, SIP realm"));
    }
    Optional<SipUser> user = users.stream().filter(one -> one.username().equals(USER)).findFirst();
    Optional<SIPOutboundTrunkInfo> ours =
        trunks.stream().filter(one -> Mark.isOn(one.getMetadata())).findFirst();
    if (user.isPresent() && ours.isPresent()) {
      return List.of(
          Step.told(Action.KEEP, "SIP client", user.get().sid(), USER), keep(ours.get(), realm));
    }
    Step login = login(user);
    Step trunk = trunk(ours, realm);
    return ours.isPresent() ? List.of(trunk, login) : List.of(login, trunk);
  }

  /**
   * Jambonz keeps passwords back: client and trunk are given a new one together. What is made comes
   * last, so that a run that stops between the two is seen by the next.
   */
  private Step login(Optional<SipUser> user) {
    if (user.isEmpty()) {
      return Step.work(
          Action.CREATE,
          "SIP client",
          "",
          USER + ", by which LiveKit calls in",
          () -> "created SIP client " + jambonz.createSipUser(USER, needed.password()));
    }
    return Step.work(
        Action.CHANGE,
        "SIP client",
        user.get().sid(),
        USER + " gets the password of a new outbound trunk",
        () -> {
          jambonz.changeSipUser(user.get(), needed.password());
          return "changed SIP client " + user.get().sid();
        });
  }

  private Step trunk(Optional<SIPOutboundTrunkInfo> ours, String realm) {
    SIPOutboundTrunkInfo wanted =
        fitted(
                ours.orElseGet(
                    () ->
                        SIPOutboundTrunkInfo.newBuilder()
                            .setName(NAME)
                            .setMetadata(Mark.made(clock.instant()))
                            .build()),
                realm)
            .toBuilder()
            .setAuthPassword(needed.password())
            .build();
    String words = "to %s as %s".formatted(realm, USER);
    return ours.isPresent()
        ? new Step(
            Action.CHANGE,
            WHAT,
            wanted.getSipTrunkId(),
            words,
            List.of("auth_password: another one"),
            () -> "changed outbound trunk " + livekit.replace(wanted).getSipTrunkId())
        : Step.work(
            Action.CREATE,
            WHAT,
            "",
            words,
            () -> "created outbound trunk " + livekit.create(wanted).getSipTrunkId());
  }

  private Step keep(SIPOutboundTrunkInfo ours, String realm) {
    SIPOutboundTrunkInfo wanted = fitted(ours, realm);
    String words = "to %s as %s".formatted(realm, USER);
    List<String> differences =
        new Differences()
            .compare("address", ours.getAddress(), wanted.getAddress())
            .compare("auth_username", ours.getAuthUsername(), wanted.getAuthUsername())
            .lines();
    return Step.keepOrChange(
        WHAT,
        ours.getSipTrunkId(),
        words,
        differences,
        () -> "changed outbound trunk " + livekit.replace(wanted).getSipTrunkId());
  }

  private SIPOutboundTrunkInfo fitted(SIPOutboundTrunkInfo stored, String realm) {
    SIPOutboundTrunkInfo.Builder trunk = stored.toBuilder().setAddress(realm).setAuthUsername(USER);
    if (trunk.getNumbersCount() == 0) {
      trunk.addAllNumbers(needed.callerIds().isEmpty() ? List.of(NO_NUMBER) : needed.callerIds());
    }
    return trunk.build();
  }
}
