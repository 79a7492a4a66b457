package io.voicegateway.jambonz.rest;

/** Where Jambonz reaches the gateway, behind its public address. */
public final class GatewayHooks {

  public static final String CALL = "/livekit-api";
  public static final String CALLBACK = CALL + "/callback";
  public static final String STATUS = CALL + "/status";

  /**
   * A gateway that is started again closes connections without an answer; only "all" tries again.
   */
  public static final String AFTER_ALL = "rp=all";

  public static final String RETRIES = "#rc=2&" + AFTER_ALL;

  private GatewayHooks() {}
}
