package io.voicegateway.call;

import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The posts that nothing proved to come from our Jambonz or LiveKit: how many since the start, why,
 * and when the last. A wrong secret looks from outside as if nobody called; here it shows.
 */
@Component
public final class RefusedPosts {

  /** Who is to be proved. */
  public enum From {
    JAMBONZ,
    LIVEKIT
  }

  /** What was wrong with the proof. */
  public enum Why {
    /** There was none, as with strangers. */
    UNSIGNED,
    /** Another secret made it. */
    SECRET,
    /** It names another API key. */
    KEY,
    /** It was made too long ago, or in the future. */
    TIME,
    /** It was made for another body. */
    BODY
  }

  /** How often, and when last. */
  public record Times(long times, Instant last) {
    private Times andAt(Instant now) {
      return new Times(times + 1, now);
    }
  }

  /**
   * What came in the name of one.
   *
   * @param lastGenuine when a post was last proved to be theirs
   */
  public record Tally(@Nullable Instant lastGenuine, Map<Why, Times> refused) {}

  private final Map<From, Instant> genuine = new EnumMap<>(From.class);
  private final Map<From, Map<Why, Times>> refused = new EnumMap<>(From.class);
  private final Clock clock;

  public RefusedPosts(Clock clock) {
    this.clock = clock;
  }

  /** A post was proved to be theirs. */
  public synchronized void genuine(From from) {
    genuine.put(from, clock.instant());
  }

  /** A post was refused. */
  public synchronized void refused(From from, Why why) {
    Instant now = clock.instant();
    refused
        .computeIfAbsent(from, first -> new EnumMap<>(Why.class))
        .compute(why, (same, before) -> before == null ? new Times(1, now) : before.andAt(now));
  }

  /** What came in their name since the start. */
  public synchronized Tally tally(From from) {
    return new Tally(genuine.get(from), Map.copyOf(refused.getOrDefault(from, Map.of())));
  }
}
