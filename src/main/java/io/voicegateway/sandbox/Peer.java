package io.voicegateway.sandbox;

/** Whoever is at the far end of a leg, and what Jambonz does to it. */
interface Peer {

  /** Jambonz sends 180. */
  void rings();

  /** Jambonz sends 200. */
  void answered();

  /** Jambonz refuses the leg. */
  void refused(int code);

  /** Jambonz hangs up. */
  void hungUp();

  /** Whether an agent speaks there. */
  boolean bringsAgent();
}
