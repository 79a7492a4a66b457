package io.voicegateway.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import java.net.URI;
import livekit.LivekitRoom.CreateRoomRequest;

/**
 * The least that a JVM can do for a call, against which the gateway is measured: it asks LiveKit
 * for a room and answers a dial, and verifies, records, logs and measures nothing.
 */
final class BareForwarder {

  private static final Buffer VERBS =
      Buffer.buffer(
          "[{\"verb\":\"dial\",\"target\":[{\"type\":\"sip\",\"sipUri\":\"sip:call@livekit.invalid\"}]}]");

  private final HttpClient livekit;
  private final URI url;
  private final String token;

  private BareForwarder(HttpClient livekit, URI url, String token) {
    this.livekit = livekit;
    this.url = url;
    this.token = token;
  }

  /** Arguments: its port, LiveKit's URL and a token for it. */
  public static void main(String[] arguments) {
    Vertx vertx = Vertx.vertx();
    HttpClient livekit =
        vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(1000));
    BareForwarder forwarder = new BareForwarder(livekit, URI.create(arguments[1]), arguments[2]);
    vertx
        .createHttpServer()
        .requestHandler(forwarder::handle)
        .listen(Integer.parseInt(arguments[0]), "127.0.0.1");
  }

  private void handle(HttpServerRequest hook) {
    if (hook.method() == HttpMethod.GET) {
      hook.response().end();
      return;
    }
    hook.body()
        .compose(
            body ->
                livekit.request(
                    HttpMethod.POST,
                    url.getPort(),
                    url.getHost(),
                    "/twirp/livekit.RoomService/CreateRoom"))
        .compose(request -> createRoom(request).send(room()).compose(answer -> answer.body()))
        .onSuccess(room -> hook.response().putHeader("Content-Type", "application/json").end(VERBS))
        .onFailure(failed -> hook.response().setStatusCode(500).end());
  }

  private HttpClientRequest createRoom(HttpClientRequest request) {
    return request
        .putHeader("Content-Type", "application/protobuf")
        .putHeader("Authorization", token);
  }

  private static Buffer room() {
    CreateRoomRequest request =
        CreateRoomRequest.newBuilder().setName("call-" + System.nanoTime()).build();
    return Buffer.buffer(request.toByteArray());
  }
}
