package io.voicegateway.setup;

import io.voicegateway.jambonz.rest.Account;
import io.voicegateway.jambonz.rest.JambonzApi;
import io.voicegateway.jambonz.rest.SipUser;
import io.voicegateway.livekit.api.SipRequests;
import io.voicegateway.livekit.routing.OutboundTransport;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import livekit.LivekitSip.SIPOutboundTrunkInfo;
import livekit.LivekitSip.SIPTransport;
import org.jspecify.annotations.Nullable;

/**
 * Plans LiveKit's way into Jambonz, for calls that LiveKit places: a SIP client of the account, and
 * an outbound trunk with its login.
 */
final class OutboundPlanner {

  static final String WHAT = "outbound trunk";
  private static final String CLIENT = "SIP client";
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
    Optional<SipUser> user =
        users.stream().filter(one -> one.username().equalsIgnoreCase(USER)).findFirst();
    List<SIPOutboundTrunkInfo> ours =
        Mark.eldestFirst(
            trunks, SIPOutboundTrunkInfo::getMetadata, SIPOutboundTrunkInfo::getSipTrunkId);
    List<Step> steps = new ArrayList<>(plan(user, ours, realm));
    ours.stream().skip(1).map(this::oneTooMany).forEach(steps::add);
    return steps;
  }

  /**
   * LiveKit tells a trunk's password and Jambonz keeps a client's back: a client that is made, or
   * of which it is not known by which of several trunks it calls, is given that of the trunk that
   * stays. A client comes after its trunk, so that one without a trunk of ours is known as somebody
   * else's.
   */
  private List<Step> plan(Optional<SipUser> user, List<SIPOutboundTrunkInfo> ours, String realm) {
    Optional<SIPOutboundTrunkInfo> kept = ours.stream().findFirst();
    String password = kept.map(SIPOutboundTrunkInfo::getAuthPassword).orElse("");
    boolean renews = needed.newLogin() && !password.equals(needed.password());
    if (user.isEmpty()) {
      return password.isEmpty() || renews
          ? List.of(withNewPassword(kept, realm), create(null))
          : List.of(keep(kept.orElseThrow(), realm), create(() -> createClient(password)));
    }
    if (kept.isEmpty() && !renews) {
      return List.of(conflict(user.get()));
    }
    if (renews || password.isEmpty()) {
      return List.of(change(user.get(), needed.password()), withNewPassword(kept, realm));
    }
    Step client = ours.size() > 1 ? change(user.get(), password) : client(user.get(), password);
    return List.of(client, keep(kept.orElseThrow(), realm));
  }

  /** Whether LiveKit gets in by it, as far as Jambonz shows. */
  private static Step client(SipUser user, String password) {
    if (!user.isActive()) {
      return locked(user, USER + " is switched off in Jambonz: LiveKit cannot call in");
    }
    return user.mayHave(password)
        ? Step.told(Action.KEEP, CLIENT, user.sid(), USER)
        : locked(user, USER + " has another password than the outbound trunk");
  }

  private static Step locked(SipUser user, String words) {
    return Step.told(
        Action.CONFLICT,
        CLIENT,
        user.sid(),
        words,
        "--jambonz --new-login gives both a new password and switches the client on");
  }

  /** Two setups at the same time can each have made theirs. */
  private Step oneTooMany(SIPOutboundTrunkInfo younger) {
    return Draft.trunkDeletion(
        livekit, WHAT, younger.getSipTrunkId(), "one too many of ours, made later");
  }

  private static Step conflict(SipUser user) {
    return Step.told(
        Action.CONFLICT,
        CLIENT,
        user.sid(),
        USER + " is there without a trunk of ours: it may be another LiveKit's",
        "--jambonz --new-login makes the trunk and gives both a new password; whoever else calls in"
            + " by this client is refused then",
        "or delete it in the portal, Clients");
  }

  /**
   * The client.
   *
   * @param change null while its trunk has to be made first
   */
  private Step create(@Nullable Supplier<String> change) {
    return new Step(
        Action.CREATE, CLIENT, "", USER + ", by which LiveKit calls in", List.of(), change);
  }

  private String createClient(String password) {
    return "created SIP client " + jambonz.createSipUser(USER, password);
  }

  private Step change(SipUser user, String password) {
    return Step.work(
        Action.CHANGE,
        CLIENT,
        user.sid(),
        USER + " and the outbound trunk get one password",
        () -> {
          jambonz.changeSipUser(user, password);
          return "changed SIP client " + user.sid();
        });
  }

  private Step withNewPassword(Optional<SIPOutboundTrunkInfo> ours, String realm) {
    SIPOutboundTrunkInfo wanted =
        fitted(ours.orElseGet(this::unmade), realm).toBuilder()
            .setAuthPassword(needed.password())
            .build();
    String words = "to %s as %s".formatted(realm, USER);
    return ours.isPresent()
        ? new Step(
            Action.CHANGE,
            WHAT,
            wanted.getSipTrunkId(),
            words,
            List.of(Differences.secret("auth_password")),
            () -> "changed outbound trunk " + livekit.replace(wanted).getSipTrunkId())
        : Step.work(
            Action.CREATE,
            WHAT,
            "",
            words,
            () -> "created outbound trunk " + livekit.create(wanted).getSipTrunkId());
  }

  private SIPOutboundTrunkInfo unmade() {
    return SIPOutboundTrunkInfo.newBuilder()
        .setName(NAME)
        .setMetadata(Mark.made(clock.instant()))
        .build();
  }

  private Step keep(SIPOutboundTrunkInfo ours, String realm) {
    SIPOutboundTrunkInfo wanted = fitted(ours, realm);
    String words = "to %s as %s".formatted(realm, USER);
    List<String> differences =
        new Differences()
            .compare("address", ours.getAddress(), wanted.getAddress())
            .compare("auth_username", ours.getAuthUsername(), wanted.getAuthUsername())
            .compare("transport", ours.getTransport(), wanted.getTransport())
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
    if (!OutboundTransport.carriesOurInvites(stored)) {
      trunk.setTransport(SIPTransport.SIP_TRANSPORT_TCP);
    }
    if (trunk.getNumbersCount() == 0) {
      trunk.addAllNumbers(needed.callerIds().isEmpty() ? List.of(NO_NUMBER) : needed.callerIds());
    }
    return trunk.build();
  }
}
