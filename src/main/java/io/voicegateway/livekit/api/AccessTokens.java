package io.voicegateway.livekit.api;

import io.livekit.server.AccessToken;
import io.livekit.server.RoomAdmin;
import io.livekit.server.RoomCreate;
import io.livekit.server.RoomList;
import io.livekit.server.RoomName;
import io.livekit.server.SIPAdmin;
import io.livekit.server.SIPCall;
import io.voicegateway.project.LiveKitSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The Authorization header for each kind of request. A token is signed once and used until a
 * quarter of its life is left; it grants no more than its requests need.
 */
public final class AccessTokens {

  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final Duration USE = LIFE.multipliedBy(3).dividedBy(4);

  private final Reusable roomCreate;
  private final Reusable roomList;
  private final Reusable sipCall;
  private final Reusable sipAdmin;
  private final LiveKitSettings settings;
  private final Clock clock;

  AccessTokens(LiveKitSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    roomCreate = new Reusable(settings, clock, token -> token.addGrants(new RoomCreate(true)));
    roomList = new Reusable(settings, clock, token -> token.addGrants(new RoomList(true)));
    sipCall = new Reusable(settings, clock, token -> token.addSIPGrants(new SIPCall(true)));
    sipAdmin = new Reusable(settings, clock, token -> token.addSIPGrants(new SIPAdmin(true)));
  }

  /** For CreateRoom and DeleteRoom. */
  public String roomCreate() {
    return roomCreate.bearer();
  }

  /** For ListRooms. */
  public String roomList() {
    return roomList.bearer();
  }

  /** For what is done in one room; signed each time, as hardly any room is asked for twice. */
  public String roomAdmin(String room) {
    return signed(
            settings,
            clock.instant(),
            token -> token.addGrants(new RoomAdmin(true), new RoomName(room)))
        .bearer;
  }

  /** For CreateSIPParticipant. */
  public String sipCall() {
    return sipCall.bearer();
  }

  /** For trunks and dispatch rules. */
  public String sipAdmin() {
    return sipAdmin.bearer();
  }

  /**
   * A token that is signed anew when its time comes; two threads may both sign, which is harmless.
   */
  private static final class Reusable {
    private final LiveKitSettings settings;
    private final Clock clock;
    private final Consumer<AccessToken> grants;
    private volatile @Nullable Signed current;

    Reusable(LiveKitSettings settings, Clock clock, Consumer<AccessToken> grants) {
      this.settings = settings;
      this.clock = clock;
      this.grants = grants;
    }

    String bearer() {
      Instant now = clock.instant();
      Signed signed = current;
      if (signed == null || !now.isBefore(signed.until) || now.isBefore(signed.from)) {
        signed = signed(settings, now, grants);
        current = signed;
      }
      return signed.bearer;
    }
  }

  private static Signed signed(
      LiveKitSettings settings, Instant now, Consumer<AccessToken> grants) {
    AccessToken token = new AccessToken(settings.apiKey(), settings.apiSecret());
    grants.accept(token);
    token.setExpiration(Date.from(now.plus(LIFE)));
    return new Signed("Bearer " + token.toJwt(), now, now.plus(USE));
  }

  /** A header with the time in which it is used. */
  private record Signed(String bearer, Instant from, Instant until) {}
}
