package io.voicegateway.project;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Projects for tests. */
public final class TestProjects {

  private static final LiveKitSettings NO_LIVEKIT =
      new LiveKitSettings("http://127.0.0.1:1", "key", "secret", Duration.ofSeconds(2), null);
  private static final SipSettings NO_SIP = new SipSettings("", "", "", "tcp");
  private static final JambonzAccount NO_JAMBONZ = new JambonzAccount("", "", "", List.of());

  private TestProjects() {}

  /** One that is reached by this SIP host. */
  public static Projects at(SipSettings sip) {
    return new Projects(List.of(project(Project.STANDARD, NO_LIVEKIT, sip, NO_JAMBONZ)));
  }

  /** One with this LiveKit. */
  public static Projects at(LiveKitSettings livekit) {
    return new Projects(List.of(project(Project.STANDARD, livekit, NO_SIP, NO_JAMBONZ)));
  }

  /** One whose account's hooks are signed with one of these. */
  public static Projects signed(String... secrets) {
    JambonzAccount account = new JambonzAccount("", "", "", Arrays.asList(secrets));
    return new Projects(List.of(project(Project.STANDARD, NO_LIVEKIT, NO_SIP, account)));
  }

  /** One alone. */
  public static Project one(SipSettings sip, String trunk, String... secrets) {
    JambonzAccount account = new JambonzAccount("", "", "", Arrays.asList(secrets));
    return new Project(Project.STANDARD, NO_LIVEKIT, sip, trunk, "voice-agent", account);
  }

  private static Project project(
      String name, LiveKitSettings livekit, SipSettings sip, JambonzAccount account) {
    return new Project(name, livekit, sip, "", "voice-agent", account);
  }
}
