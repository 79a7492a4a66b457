package io.voicegateway.sandbox;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sounds that FreeSWITCH makes itself: one beat of a tone, or silence. */
final class Tone {

  private static final Pattern TONE =
      Pattern.compile("tone_stream://%\\((\\d+),(\\d+),.*|silence_stream://(\\d+).*");

  private Tone() {}

  static boolean is(String url) {
    return TONE.matcher(url).matches();
  }

  /** How long it is played. */
  static Duration length(String url) {
    Matcher tone = TONE.matcher(url);
    if (!tone.matches()) {
      return Duration.ZERO;
    }
    return tone.group(3) == null
        ? Duration.ofMillis(Long.parseLong(tone.group(1)) + Long.parseLong(tone.group(2)))
        : Duration.ofMillis(Long.parseLong(tone.group(3)));
  }
}
