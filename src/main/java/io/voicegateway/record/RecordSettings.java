package io.voicegateway.record;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the calls' record is kept, and for how long.
 *
 * @param url the database, see {@link DatabaseUrl}; empty for an H2 file in the directory
 * @param directory where the H2 file lies
 * @param queue how many events may wait for the database
 * @param keep how long a call that is over is kept
 * @param longestCall how long a call may last
 * @param sweep how often calls are looked for whose end nobody told
 */
@ConfigurationProperties("gateway.records")
record RecordSettings(
    @DefaultValue("") String url,
    @DefaultValue("data") Path directory,
    @DefaultValue("50000") int queue,
    @DefaultValue("30d") Duration keep,
    @DefaultValue("4h") Duration longestCall,
    @DefaultValue("1m") Duration sweep) {

  /** Whether other gateways may keep theirs in the same place. */
  boolean isShared() {
    return !url.isEmpty();
  }

  /** Whether it is a database that several gateways are meant to share. */
  boolean isPostgres() {
    return isShared() && DatabaseUrl.parse(url).jdbc().startsWith("jdbc:postgresql:");
  }
}
