package io.voicegateway.jambonz;

import io.voicegateway.call.Call;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;

/** Tells when a caller has waited long enough for ways that take their time. */
@Component
final class LadderTime {

  private final Duration longest;
  private final Clock clock;

  LadderTime(Settings settings, Clock clock) {
    this.longest = settings.longest();
    this.clock = clock;
  }

  /**
   * How a ladder is climbed down.
   *
   * @param longest how long after the call hook, or after a talk, somebody else may be tried
   */
  @ConfigurationProperties("gateway.ladder")
  record Settings(@DefaultValue("60s") Duration longest) {}

  /** Whether nothing but what ends at once is left for the call. */
  boolean isOver(Call call) {
    Instant since = call.since();
    return since != null && clock.instant().isAfter(since.plus(longest));
  }
}
