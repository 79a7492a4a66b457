package io.voicegateway.routes;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.concurrent.Semaphore;

/**
 * Takes bodies into memory, which nobody may fill: neither by one body nor by many at a time. Whose
 * a body is, is not known before it is there.
 */
final class Bodies implements Handler<RoutingContext> {

  /**
   * In bytes, twice what a hook may have, so that the signature of one that is too large still
   * holds.
   */
  private static final int MOST_BYTES = 512 * 1024;

  /** What no hook is kept waiting for, in bytes; Jambonz's have 2 to 8 KiB. */
  private static final int USUAL = 16 * 1024;

  /** How many larger ones are taken at a time. */
  private static final int MOST_LARGE = 8;

  private static final int TOO_LARGE = 413;

  private final Handler<RoutingContext> body = BodyHandler.create(false).setBodyLimit(MOST_BYTES);
  private final Semaphore large = new Semaphore(MOST_LARGE);

  @Override
  public void handle(RoutingContext request) {
    if (isUsual(request.request())) {
      body.handle(request);
    } else if (large.tryAcquire()) {
      request.addEndHandler(ended -> large.release());
      body.handle(request);
    } else {
      request.fail(TOO_LARGE);
    }
  }

  /** A length that is not told may be any; without both headers an HTTP/1 request has no body. */
  private static boolean isUsual(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length == null) {
      return request.version() != HttpVersion.HTTP_2
          && !request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }
    try {
      return Long.parseLong(length) <= USUAL;
    } catch (NumberFormatException notTold) {
      return false;
    }
  }
}
