package io.voicegateway.sandbox;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ids of the form LiveKit gives: a prefix and twelve letters or digits. Unlike LiveKit's they sort
 * in the order of creation, so that lists, and refusals that depend on them, are the same in every
 * run.
 */
final class Ids {
  private static final String ALPHABET =
      "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final SecureRandom RANDOM = new SecureRandom();

  private Ids() {}

  static String of(String prefix) {
    StringBuilder ordered = new StringBuilder();
    for (int rest = COUNT.getAndIncrement(), i = 0; i < 4; i++, rest /= ALPHABET.length()) {
      ordered.append(ALPHABET.charAt(rest % ALPHABET.length()));
    }
    return prefix + ordered.reverse() + random(8);
  }

  static String random(int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }
}
