package io.voicegateway.outbound;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much this gateway calls by itself.
 *
 * @param mostAtOnce how many calls and invitations may be under way
 * @param mostAMinute how many may begin in a minute
 * @param mostWaiting how many requests of this gateway may wait for a person whom they invite
 */
@ConfigurationProperties("gateway.outbound")
record OutboundLimits(
    @DefaultValue("10") int mostAtOnce, @DefaultValue("60") int mostAMinute, int mostWaiting) {}
