package io.voicegateway.jambonz;

/**
 * What a hook tells of. Jambonz does not write it into the body; only a new call carries {@code
 * sip} or {@code defaults}, only events of a known call the feature server's own address
 * (jambonz-feature-server, call-info.js).
 */
enum HookKind {
  NEW_CALL("a new call"),
  LEG_STATUS("a call status event"),
  CALLED_LEG_STATUS("a call status event of a dialled leg"),
  DIAL_ENDED("the end of a dial"),
  TRANSFER("a transfer request"),
  QUEUE("a queue event"),
  CONFERENCE("a conference event");

  private final String words;

  HookKind(String words) {
    this.words = words;
  }

  /** For a sentence: "Jambonz posted … to the call hook". */
  String words() {
    return words;
  }

  static HookKind of(CallHook hook) {
    if (hook.sip() != null || hook.defaults() != null) {
      return NEW_CALL;
    }
    if (hook.dialCallStatus() != null) {
      return DIAL_ENDED;
    }
    if (hook.referDetails() != null) {
      return TRANSFER;
    }
    if (hook.queueSid() != null || hook.dequeueResult() != null) {
      return QUEUE;
    }
    if (hook.conferenceSid() != null) {
      return CONFERENCE;
    }
    if (hook.parentCallSid() != null) {
      return CALLED_LEG_STATUS;
    }
    return isStatusEvent(hook) ? LEG_STATUS : NEW_CALL;
  }

  /** A hand-written hook, as from curl, may carry no more than an id and two numbers. */
  private static boolean isStatusEvent(CallHook hook) {
    boolean underWay = hook.callStatus() != null && !hook.callStatus().equals("trying");
    return hook.featureServer() != null || hook.sipStatus() != null || underWay;
  }
}
