package io.voicegateway.deadletter;

import io.voicegateway.deadletter.LetterStore.Limits;
import io.voicegateway.deadletter.LetterStore.Wanted;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Brings letters from the folder into the database that gateways share, and forgets old ones. */
@Component("letterCare")
final class LetterCare {

  private static final Logger log = LoggerFactory.getLogger(LetterCare.class);

  private static final int BATCH = 500;

  /** No letter takes so long to write. */
  private static final Duration UNFINISHED = Duration.ofHours(1);

  private final FileLetters files;
  private final SharedLetters shared;
  private final LastResort lastResort;
  private final LetterSettings settings;
  private final Clock clock;

  LetterCare(
      FileLetters files,
      SharedLetters shared,
      LastResort lastResort,
      LetterSettings settings,
      Clock clock) {
    this.files = files;
    this.shared = shared;
    this.lastResort = lastResort;
    this.settings = settings;
    this.clock = clock;
  }

  /** Callers never wait for the database: letters are written to files, and moved from there. */
  void move() {
    if (!shared.isUp()) {
      return;
    }
    try {
      lastResort.write();
      files
          .page(new Wanted(null, null, false, null, BATCH))
          .letters()
          .forEach(letter -> files.handOver(letter.id(), shared::add));
    } catch (RuntimeException away) {
      log.debug("Dead letters stay in their folder until the database is back", away);
    }
  }

  /** Deletes what was kept long enough or is too much. */
  void forget() {
    try {
      Instant now = clock.instant();
      Limits limits =
          new Limits(now.minus(settings.keep()), settings.most(), settings.mostSize().toBytes());
      int lost = files.forget(limits);
      files.deleteUnfinished(now.minus(UNFINISHED));
      if (shared.isUp() && shared.isOurTurn()) {
        lost += shared.forget(limits);
      }
      if (lost > 0) {
        log.warn(
            "{} dead letters that nobody had handled are forgotten: older than {} days, or more"
                + " than {} or {}",
            lost,
            settings.keep().toDays(),
            settings.most(),
            settings.mostSize());
      }
    } catch (RuntimeException later) {
      log.warn("Dead letters were not tidied: {}", later.getClass().getSimpleName());
    }
  }
}
