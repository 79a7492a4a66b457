package io.voicegateway.call;

/** Who said the name of a call's agent. */
public enum AgentFrom {
  /** AGENT_NAME, or the project's own setting. */
  SETTING,
  /** The entry of the number plan. */
  PLAN,
  /** The application's variables in Jambonz, or what a route was answered. */
  OVERRIDE
}
