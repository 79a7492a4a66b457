package io.voicegateway.project;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The threads that the calls of all projects share. A LiveKit that hangs holds each thread that
 * waits for it until the request's deadline, so that a project may hold no more of them than its
 * share.
 *
 * @param hooks how many hooks are served at a time; also how many rungs may be asked for
 * @param ringBacks for how many callers LiveKits may ring back at a time
 */
@ConfigurationProperties("gateway.threads")
public record SharedThreads(@DefaultValue("128") int hooks, @DefaultValue("256") int ringBacks) {

  /** Of four parts one serves the hooks that ask no LiveKit, and other projects. */
  private static final int PARTS = 4;

  /**
   * What the LiveKit of one project may hold.
   *
   * @param requests that are answered at once
   * @param ringBacks that wait until Jambonz answers
   */
  public record Share(int requests, int ringBacks) {}

  /**
   * The same share for each: three parts for one project alone, one and a half for each of two, one
   * for each of more, so that three of many may hang at once. One part is enough for a LiveKit that
   * is well: 32 threads do 640 requests a second, each answered in 50 ms, and LiveKit Cloud allows
   * a project 17.
   */
  public Share among(int projects) {
    return new Share(share(hooks, projects), share(ringBacks, projects));
  }

  private static int share(int threads, int projects) {
    int shared = threads * (PARTS - 1) / PARTS;
    return Math.max(1, shared / Math.min(projects, PARTS - 1));
  }
}
