package io.voicegateway.jambonz;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The trace that Jambonz names in a hook's {@code b3} header: all zeros when it does not trace, and
 * none with the first hook of a call.
 */
final class Trace {

  private static final Pattern B3 =
      Pattern.compile(
          "(?<id>\\p{XDigit}{16}|\\p{XDigit}{32})-\\p{XDigit}{16}(-[01d])?(-\\p{XDigit}{16})?");
  private static final Pattern ZEROS = Pattern.compile("0+");

  private Trace() {}

  /** From here on this thread's log lines and requests belong to the trace. */
  static void enter(@Nullable String b3) {
    Matcher trace = B3.matcher(b3 == null ? "" : b3);
    if (trace.matches() && !ZEROS.matcher(trace.group("id")).matches()) {
      MDC.put("trace", trace.group("id"));
      MDC.put("b3", trace.group());
    }
  }

  /** The thread goes on to something else. */
  static void leave() {
    MDC.clear();
  }
}
