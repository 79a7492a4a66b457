package io.voicegateway.jambonz;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A ringing tone in slices, for a caller about whom Jambonz asks again after each of them.
 *
 * @param beats tone and silence in turn, over and over
 */
record Cadence(List<Beat> beats) {

  static final int SLICE_MS = 200;

  /** Tone, then silence, in ms, by FreeSWITCH's tone_stream: {@code %(2000,4000,440,480)}. */
  private static final Pattern BEAT =
      Pattern.compile("%\\((\\d{1,5}),(\\d{1,5}),([\\d.,]{1,40})\\)");

  private static final String SILENCE = "silence_stream://" + SLICE_MS;
  private static final Cadence USUAL = new Cadence(List.of(new Beat(2000, 4000, "440,480")));

  private record Beat(long tone, long silence, String frequencies) {
    long length() {
      return tone + silence;
    }

    String slice() {
      return "tone_stream://%%(%d,0,%s)".formatted(SLICE_MS, frequencies);
    }
  }

  /** Of a tone; a sound file cannot be cut into slices, and rings as in North America. */
  static Cadence of(String ringback) {
    List<Beat> beats = new ArrayList<>();
    Matcher beat = BEAT.matcher(ringback.startsWith("tone_stream://") ? ringback : "");
    while (beat.find()) {
      beats.add(
          new Beat(Long.parseLong(beat.group(1)), Long.parseLong(beat.group(2)), beat.group(3)));
    }
    return beats.stream().mapToLong(Beat::length).sum() < SLICE_MS ? USUAL : new Cadence(beats);
  }

  /** The slice for a moment of the wait, as an address for Jambonz's play. */
  String at(Instant since, Instant now) {
    long round = beats.stream().mapToLong(Beat::length).sum();
    long into = Math.max(0, Duration.between(since, now).toMillis()) % round;
    for (Beat beat : beats) {
      if (into < beat.length()) {
        return into < beat.tone() ? beat.slice() : SILENCE;
      }
      into -= beat.length();
    }
    return SILENCE;
  }
}
