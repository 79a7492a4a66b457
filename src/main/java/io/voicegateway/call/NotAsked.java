package io.voicegateway.call;

/** A failure by which LiveKit was not asked at all: its API allows no more requests now. */
public interface NotAsked {}
