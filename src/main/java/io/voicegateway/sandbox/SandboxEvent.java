package io.voicegateway.sandbox;

import java.time.Instant;

/**
 * Something that happened in the sandbox, for a ladder diagram or a test.
 *
 * @param at when
 * @param what a method of the API such as {@code CreateRoom}, {@code job}, {@code agent joined},
 *     {@code INVITE}, a SIP code such as {@code 180}, {@code BYE}, {@code out INVITE} and so on for
 *     a call by LiveKit, {@code room closed}, ...
 * @param room the room it concerns; empty when there is none
 * @param detail more in words, possibly empty
 */
public record SandboxEvent(Instant at, String what, String room, String detail) {}
