package io.voicegateway.livekit;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How LiveKit reaches Jambonz when it calls.
 *
 * @param trunk id of the outbound trunk, empty for none
 */
@ConfigurationProperties("gateway.outbound")
record OutboundSettings(@DefaultValue("") String trunk) {

  OutboundSettings {
    trunk = trunk.strip();
  }
}
