package io.voicegateway.livekit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.voicegateway.call.PerhapsDone;
import io.voicegateway.project.LiveKitSettings;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import livekit.LivekitModels.Room;
import livekit.LivekitRoom.CreateRoomRequest;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which LiveKit can fail becomes one sentence, in time, without a secret in it. */
class LiveKitApiTest {

  private static final Duration DEADLINE = Duration.ofMillis(400);

  private final MockWebServer livekit = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    livekit.start();
  }

  @AfterEach
  void stop() {
    livekit.close();
  }

  @Test
  void postsProtobufWithABearerToken() throws Exception {
    livekit.enqueue(room("RM_1"));

    assertThat(createRoom().getSid()).isEqualTo("RM_1");

    var request = livekit.takeRequest();
    assertThat(request.getTarget()).isEqualTo("/twirp/livekit.RoomService/CreateRoom");
    assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/protobuf");
    assertThat(request.getHeaders().get("Authorization")).startsWith("Bearer eyJ");
    assertThat(CreateRoomRequest.parseFrom(request.getBody().toByteArray()).getName())
        .isEqualTo("call-1");
  }

  @Test
  void usesOneConnectionForManyRequests() throws Exception {
    livekit.enqueue(room("RM_1"));
    livekit.enqueue(room("RM_2"));
    LiveKitApi api = api(livekit.url("/").toString());

    api.execute("CreateRoom", api.rooms().createRoom(request(), "Bearer x"));
    api.execute("CreateRoom", api.rooms().createRoom(request(), "Bearer x"));

    livekit.takeRequest();
    assertThat(livekit.takeRequest().getExchangeIndex()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 429, 500, 503})
  void aServerThatCannotServeUsIsUnavailable(int status) {
    livekit.enqueue(
        new MockResponse.Builder()
            .code(status)
            .body("{\"code\":\"unavailable\",\"msg\":\"no response from servers\"}")
            .build());

    LiveKitFailure failure = failure();

    assertThat(failure).isInstanceOf(LiveKitFailure.Unavailable.class);
    assertThat(failure.status()).isEqualTo(status);
    assertThat(failure)
        .hasMessageContainingAll("CreateRoom", "" + status, "no response from servers");
  }

  @ParameterizedTest(name = "HTTP {0}: {1}")
  @CsvSource({"500, true", "503, true", "408, true", "401, false", "429, false", "404, false"})
  void aServerThatBrokeDownMayHaveDoneItAndOneThatRefusedDidNot(int status, boolean perhaps) {
    livekit.enqueue(new MockResponse.Builder().code(status).build());

    assertThat(failure() instanceof PerhapsDone).isEqualTo(perhaps);
  }

  @Test
  void whoeverIsNotHeardOfMayHaveDoneIt() {
    livekit.enqueue(new MockResponse.Builder().headersDelay(30, TimeUnit.SECONDS).build());

    assertThat(failure()).isInstanceOf(PerhapsDone.class);
  }

  @Test
  void aServerThatWillNotDoThisRefuses() {
    livekit.enqueue(
        new MockResponse.Builder()
            .code(404)
            .body("{\"code\":\"not_found\",\"msg\":\"requested sip trunk does not exist\"}")
            .build());

    assertThat(failure())
        .isInstanceOf(LiveKitFailure.Refused.class)
        .hasMessageContaining("requested sip trunk does not exist");
  }

  @Test
  void aTokenThatIsSentBackIsNotRepeated() {
    livekit.enqueue(
        new MockResponse.Builder()
            .code(401)
            .addHeader("Content-Type", "text/plain")
            .body("invalid authorization token: eyJhbGciOi.eyJpc3MiOiJkZXZ.c2lnbmF0dXJl, error: x")
            .build());

    assertThat(failure())
        .hasMessage("LiveKit CreateRoom: HTTP 401, invalid authorization token")
        .hasNoCause();
  }

  @Test
  void anotherServersPageIsNotRepeatedEither() {
    livekit.enqueue(
        new MockResponse.Builder().code(502).body("<html>Bad gateway at 10.0.0.1</html>").build());

    assertThat(failure()).hasMessage("LiveKit CreateRoom: HTTP 502");
  }

  @Test
  void garbageIsNoAnswer() {
    livekit.enqueue(new MockResponse.Builder().body("<html>Welcome</html>").build());

    assertThat(failure()).hasMessageContaining("not LiveKit's");
  }

  @Test
  void aHungServerCostsNoMoreThanTheDeadline() {
    livekit.enqueue(new MockResponse.Builder().headersDelay(30, TimeUnit.SECONDS).build());

    assertThat(failure()).hasMessageContaining("no answer within 400 ms");
  }

  @Test
  void aSlowDripCostsNoMoreThanTheDeadline() {
    livekit.enqueue(
        new MockResponse.Builder()
            .body(new Buffer().write(new byte[1000]))
            .throttleBody(1, 100, TimeUnit.MILLISECONDS)
            .build());

    assertThat(failure()).hasMessageContaining("no answer within 400 ms");
  }

  @Test
  void aBrokenConnectionIsUnavailable() {
    livekit.enqueue(
        new MockResponse.Builder()
            .body(new Buffer().write(new byte[100]))
            .onResponseBody(SocketEffect.ShutdownConnection.INSTANCE)
            .build());

    assertThat(failure()).isInstanceOf(LiveKitFailure.Unavailable.class);
  }

  @Test
  void aServerThatIsNotThereIsNamed() throws IOException {
    String url;
    try (ServerSocket free = new ServerSocket(0)) {
      url = "http://127.0.0.1:" + free.getLocalPort();
    }
    LiveKitApi api = api(url);

    assertThatThrownBy(() -> api.execute("CreateRoom", api.rooms().createRoom(request(), "x")))
        .hasMessage("LiveKit CreateRoom: nothing listens there")
        .isNotInstanceOf(PerhapsDone.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"wss://a.livekit.cloud", "WSS://a.livekit.cloud/", "https://a.livekit.cloud"})
  void theAddressLiveKitShowsIsTheAddressOfItsApi(String url) {
    assertThat(settings(url).apiUrl()).isEqualTo("https://a.livekit.cloud/");
  }

  @ParameterizedTest(name = "{0}, set to {1}: {2}")
  @CsvSource({
    "wss://a.livekit.cloud,  ,    1000",
    "wss://a.livekit.cloud,  0,   0",
    "wss://a.livekit.cloud,  600, 600",
    "ws://127.0.0.1:7880,    ,    0",
    "wss://livekit.cloud.example.test, , 0",
  })
  void onlyLiveKitCloudHasARateUnlessOneIsSet(String url, Integer set, int most) {
    assertThat(new LiveKitSettings(url, "key", "secret", DEADLINE, set).mostRequestsAMinute())
        .isEqualTo(most);
  }

  private LiveKitFailure failure() {
    return catchThrowableOfType(LiveKitFailure.class, this::createRoom);
  }

  private Room createRoom() {
    LiveKitSettings settings = settings(livekit.url("/").toString());
    LiveKitApi api = api(settings);
    String bearer = new AccessTokens(settings, Clock.systemUTC()).roomCreate();
    return api.execute("CreateRoom", api.rooms().createRoom(request(), bearer));
  }

  private static LiveKitApi api(String url) {
    return api(settings(url));
  }

  private static LiveKitApi api(LiveKitSettings settings) {
    return OpenedApi.to(settings).api();
  }

  private static LiveKitSettings settings(String url) {
    return new LiveKitSettings(url, "key", "secret-secret-secret-secret-secret", DEADLINE, null);
  }

  private static CreateRoomRequest request() {
    return CreateRoomRequest.newBuilder().setName("call-1").build();
  }

  private static MockResponse room(String sid) {
    return new MockResponse.Builder()
        .addHeader("Content-Type", "application/protobuf")
        .body(new Buffer().write(Room.newBuilder().setSid(sid).build().toByteArray()))
        .build();
  }
}
