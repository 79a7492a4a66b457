package io.voicegateway.sandbox;

/**
 * How a dial ended, as Jambonz tells it in the dial's action hook.
 *
 * @param status {@code dial_call_status}
 * @param sipStatus {@code dial_sip_status}
 * @param endedBy caller, livekit or jambonz
 */
record DialResult(String status, int sipStatus, String endedBy) {}
