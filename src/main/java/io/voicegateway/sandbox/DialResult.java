package io.voicegateway.sandbox;

/**
 * How a dial ended, as Jambonz tells it in the dial's action hook.
 *
 * @param callSid {@code dial_call_sid}
 * @param status {@code dial_call_status}
 * @param sipStatus {@code dial_sip_status}
 */
record DialResult(String callSid, String status, int sipStatus) {}
