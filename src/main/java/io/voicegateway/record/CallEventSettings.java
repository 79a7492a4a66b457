package io.voicegateway.record;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How other programs are told of calls.
 *
 * @param secret signs what is posted; empty for no signature
 * @param queue how many events may wait for their receivers
 * @param told false where no call is a real one
 */
@ConfigurationProperties("gateway.call-events")
record CallEventSettings(
    @DefaultValue("") String secret,
    @DefaultValue("10000") int queue,
    @DefaultValue("true") boolean told) {}
