package io.voicegateway.livekit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How agents are watched.
 *
 * @param watch whether they are
 * @param patience from a call's registration to the first sound of its agent; a real LiveKit and a
 *     healthy worker take half a second
 * @param grace in which an agent that left in mid-call may come back
 */
@ConfigurationProperties("gateway.agent")
record AgentWatchSettings(
    @DefaultValue("auto") Watch watch,
    @DefaultValue("2s") Duration patience,
    @DefaultValue("3s") Duration grace) {

  enum Watch {
    ON,
    OFF,
    /** Once LiveKit posted a webhook: without them every call would have to be looked at. */
    AUTO
  }
}
