package io.voicegateway.sip;

/** User and password for a digest challenge. */
public record SipLogin(String username, String password) {

  /** The user name goes into a header between quotes. */
  public SipLogin {
    if (username.chars().anyMatch(c -> c < ' ' || c == '"' || c == '\\')) {
      throw new IllegalArgumentException("a SIP user name must not hold quotes or line ends");
    }
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "the login of " + username;
  }
}
