package io.voicegateway.livekit.api;

import io.voicegateway.call.NotAnswered;
import io.voicegateway.call.NotAsked;
import io.voicegateway.call.PerhapsDone;

/** LiveKit's API did not do what it was asked. Its message is fit for logs: no token, no number. */
public abstract sealed class LiveKitFailure extends RuntimeException {

  private final int status;

  private LiveKitFailure(String message, int status) {
    super(message, null, false, false);
    this.status = status;
  }

  /** The HTTP status, 0 where there was no answer. */
  public int status() {
    return status;
  }

  /** It could not be reached, was too slow, overloaded or broken, or does not accept our key. */
  public static sealed class Unavailable extends LiveKitFailure {
    Unavailable(String message, int status) {
      super(message, status);
    }
  }

  /** The same after it got the request, as far as can be told. */
  public static final class Unheard extends Unavailable implements PerhapsDone {
    Unheard(String message, int status) {
      super(message, status);
    }
  }

  /** It called somebody for us, who did not answer. */
  public static final class FarEnd extends LiveKitFailure implements NotAnswered {

    private final int sip;

    FarEnd(String message, int status, int sip) {
      super(message, status);
      this.sip = sip;
    }

    @Override
    public int sip() {
      return sip;
    }
  }

  /** It works, but would not do this. */
  public static final class Refused extends LiveKitFailure {
    Refused(String message, int status) {
      super(message, status);
    }
  }

  /** It was not asked, because it would not allow another request in this minute. */
  public static final class HeldBack extends LiveKitFailure implements NotAsked {
    HeldBack(String message) {
      super(message, 0);
    }
  }
}
