package io.voicegateway.admission;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What may keep a call from its agent.
 *
 * @param limits false to let every call go, as a trial call must come through at night too
 * @param storms false to let whoever calls again at once after a failure try it again
 */
@ConfigurationProperties("gateway.admission")
record AdmissionSettings(
    @DefaultValue("true") boolean limits, @DefaultValue("true") boolean storms) {}
