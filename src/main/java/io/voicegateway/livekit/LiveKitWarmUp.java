package io.voicegateway.livekit;

import io.voicegateway.call.Call;
import io.voicegateway.call.NumberPlan;
import io.voicegateway.livekit.api.LiveKit;
import io.voicegateway.livekit.api.LiveKits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/** Before the first call: a connection to LiveKit, a signed token and a request's classes. */
@Component
final class LiveKitWarmUp implements ApplicationRunner {

  private static final Logger log = LoggerFactory.getLogger(LiveKitWarmUp.class);

  private final LiveKits livekits;
  private final CreateRoom createRoom;
  private final NumberPlan plan;

  LiveKitWarmUp(LiveKits livekits, CreateRoom createRoom, NumberPlan plan) {
    this.livekits = livekits;
    this.createRoom = createRoom;
    this.plan = plan;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    livekits.all().forEach(LiveKitWarmUp::warm);
    int size = createRoom.request(Call.unknown(plan.rest())).getSerializedSize();
    log.debug("A registration has about {} bytes", size);
  }

  private static void warm(LiveKit livekit) {
    livekit.api().warm();
    String token = livekit.tokens().roomCreate();
    log.debug("A token of {} has {} characters", livekit.project(), token.length());
  }
}
