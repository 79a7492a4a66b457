package io.voicegateway.web;

/** The public port cannot be opened. */
final class NoPublicPort extends RuntimeException {

  private final int port;

  NoPublicPort(int port, Throwable cause) {
    super("The public port cannot be opened", cause);
    this.port = port;
  }

  int port() {
    return port;
  }
}
