package io.voicegateway.console;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/** Threads that do not say a word in the log, nor do those that they start. */
final class Hush extends TurboFilter {

  private static final ThreadGroup HUSHED = new ThreadGroup("rehearsal");

  private Hush() {}

  /** A thread that is hushed. */
  static Thread thread(Runnable work) {
    ILoggerFactory loggers = LoggerFactory.getILoggerFactory();
    if (loggers instanceof LoggerContext context
        && context.getTurboFilterList().stream().noneMatch(Hush.class::isInstance)) {
      context.addTurboFilter(new Hush());
    }
    Thread thread = new Thread(HUSHED, work, "rehearsal");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] params,
      @Nullable Throwable failure) {
    return HUSHED.parentOf(Thread.currentThread().getThreadGroup())
        ? FilterReply.DENY
        : FilterReply.NEUTRAL;
  }
}
