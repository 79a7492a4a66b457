package io.voicegateway.jambonz.rest;

import io.voicegateway.project.JambonzAccount;
import java.util.List;

/** Jambonz's API, opened for a test. */
public final class TestJambonz {

  private TestJambonz() {}

  /** One that no setting says how to reach. */
  public static JambonzApi unset() {
    return new JambonzApi(new JambonzAccount("", "", "", List.of()));
  }

  public static JambonzApi at(String url, String accountSid, String key) {
    return new JambonzApi(new JambonzAccount(url, accountSid, key, List.of()));
  }
}
