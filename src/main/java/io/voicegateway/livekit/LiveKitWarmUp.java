package io.voicegateway.livekit;

import io.voicegateway.call.Call;
import io.voicegateway.call.NumberPlan;
import io.voicegateway.livekit.api.LiveKit;
import io.voicegateway.livekit.api.LiveKits;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/**
 * Before the first call: a connection to LiveKit, a signed token and a request's classes. From then
 * on each project's connection is kept open: the one that takes another's calls in its outage may
 * have had none for hours, and has less time for them.
 */
@Component
final class LiveKitWarmUp implements ApplicationRunner {

  private static final Logger log = LoggerFactory.getLogger(LiveKitWarmUp.class);

  private final LiveKits livekits;
  private final CreateRoom createRoom;
  private final NumberPlan plan;
  private final Duration often;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(LiveKitWarmUp::daemon);

  /**
   * @param often how often a connection is used at least: load balancers close one that is idle for
   *     a minute
   */
  LiveKitWarmUp(
      LiveKits livekits,
      CreateRoom createRoom,
      NumberPlan plan,
      @Value("${gateway.keep-warm}") Duration often) {
    this.livekits = livekits;
    this.createRoom = createRoom;
    this.plan = plan;
    this.often = often;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    livekits.all().forEach(LiveKitWarmUp::warm);
    int size = createRoom.request(Call.unknown(plan.rest())).getSerializedSize();
    log.debug("A registration has about {} bytes", size);
    var unused =
        timer.scheduleWithFixedDelay(
            this::keepWarm, often.toMillis(), often.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void keepWarm() {
    livekits.all().forEach(livekit -> livekit.api().keepWarm());
  }

  private static void warm(LiveKit livekit) {
    livekit.api().warm();
    String token = livekit.tokens().roomCreate();
    log.debug("A token of {} has {} characters", livekit.project(), token.length());
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "keep-warm");
    thread.setDaemon(true);
    return thread;
  }

  @PreDestroy
  void close() {
    timer.shutdownNow();
  }
}
