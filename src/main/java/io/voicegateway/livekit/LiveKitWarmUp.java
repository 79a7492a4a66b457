package io.voicegateway.livekit;

import io.voicegateway.call.Call;
import io.voicegateway.call.NumberPlan;
import io.voicegateway.livekit.api.AccessTokens;
import io.voicegateway.livekit.api.LiveKitApi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/** Before the first call: a connection to LiveKit, a signed token and a request's classes. */
@Component
final class LiveKitWarmUp implements ApplicationRunner {

  private static final Logger log = LoggerFactory.getLogger(LiveKitWarmUp.class);

  private final LiveKitApi api;
  private final AccessTokens tokens;
  private final CreateRoom createRoom;
  private final NumberPlan plan;

  LiveKitWarmUp(LiveKitApi api, AccessTokens tokens, CreateRoom createRoom, NumberPlan plan) {
    this.api = api;
    this.tokens = tokens;
    this.createRoom = createRoom;
    this.plan = plan;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    api.warm();
    tokens.roomCreate();
    int size = createRoom.request(Call.unknown(plan.rest())).getSerializedSize();
    log.debug("A registration has about {} bytes", size);
  }
}
