package io.voicegateway.call;

/** A failure that is somebody's who was called and did not answer. */
public interface NotAnswered {

  /** The SIP code of the refusal, 0 when nothing was answered in time. */
  int sip();
}
