package io.voicegateway.project;

/**
 * A LiveKit project with the Jambonz account whose calls it takes.
 *
 * @param name {@link #STANDARD}, or what it is called in {@code gateway.projects}
 * @param livekit how its API is reached
 * @param sip how Jambonz dials it
 * @param trunk id of its outbound trunk into Jambonz, empty for none
 * @param agent who answers the numbers that name no agent
 * @param jambonz whose calls go to it when their number names no project
 */
public record Project(
    String name,
    LiveKitSettings livekit,
    SipSettings sip,
    String trunk,
    String agent,
    JambonzAccount jambonz) {

  /** The name of the project that the environment variables describe. */
  public static final String STANDARD = "default";

  public Project {
    trunk = trunk.strip();
  }

  public boolean isStandard() {
    return name.equals(STANDARD);
  }

  /** Whether calls may come to it whose number names no project. */
  public boolean isChosenByAccount() {
    return isStandard() || !jambonz.accountSid().isEmpty();
  }

  /** Fit for logs. */
  @Override
  public String toString() {
    return "project " + name;
  }
}
