package io.voicegateway.deadletter;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where dead letters are kept, for how long and how many.
 *
 * @param most letters
 * @param mostSize of all letters together
 */
@ConfigurationProperties("gateway.dead-letters")
record LetterSettings(
    Path directory,
    @DefaultValue("30d") Duration keep,
    @DefaultValue("20000") int most,
    @DefaultValue("500MB") DataSize mostSize) {}
