package io.voicegateway.sandbox;

import java.util.Locale;

/** Twirp's error codes with their HTTP status and the number gRPC gives the same code. */
enum TwirpCode {
  CANCELED(408, 1),
  UNKNOWN(500, 2),
  INVALID_ARGUMENT(400, 3),
  DEADLINE_EXCEEDED(408, 4),
  NOT_FOUND(404, 5),
  PERMISSION_DENIED(403, 7),
  RESOURCE_EXHAUSTED(429, 8),
  FAILED_PRECONDITION(412, 9),
  ABORTED(409, 10),
  OUT_OF_RANGE(400, 11),
  INTERNAL(500, 13),
  UNAVAILABLE(503, 14),
  UNAUTHENTICATED(401, 16),
  MALFORMED(400, 3),
  BAD_ROUTE(404, 12);

  private final int http;
  private final int grpc;

  TwirpCode(int http, int grpc) {
    this.http = http;
    this.grpc = grpc;
  }

  int http() {
    return http;
  }

  int grpc() {
    return grpc;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
