package io.voicegateway.jambonz.rest;

/** Jambonz's API, opened for a test. */
public final class TestJambonz {

  private TestJambonz() {}

  /** One that no setting says how to reach. */
  public static JambonzApi unset() {
    return new JambonzApi(new JambonzApiSettings("", "", ""));
  }

  public static JambonzApi at(String url, String accountSid, String key) {
    return new JambonzApi(new JambonzApiSettings(url, accountSid, key));
  }
}
