package io.voicegateway.sandbox;

/** What every phone leg works with. */
record SipSide(Loop loop, Rooms rooms, Events events, SipStore store) {}
