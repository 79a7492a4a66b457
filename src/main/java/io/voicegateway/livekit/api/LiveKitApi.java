package io.voicegateway.livekit.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.livekit.server.AgentDispatchService;
import io.livekit.server.RoomService;
import io.livekit.server.SipService;
import io.voicegateway.call.Mask;
import io.voicegateway.call.TlsFault;
import io.voicegateway.project.LiveKitSettings;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.ConnectionPool;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import retrofit2.Call;
import retrofit2.Response;
import retrofit2.Retrofit;
import retrofit2.converter.protobuf.ProtoConverterFactory;

/**
 * LiveKit's API by the SDK's own interfaces, whose messages have fields that its client classes
 * hide. Connections are kept, every request has a deadline, and every failure becomes one sentence.
 */
public final class LiveKitApi {

  private static final Logger log = LoggerFactory.getLogger(LiveKitApi.class);
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST_IDLE_CONNECTIONS = 64;
  private static final int LONGEST_MESSAGE = 300;

  /** Twirp's deadline_exceeded: one server of LiveKit's did not hear from another. */
  private static final int TIMED_OUT = 408;

  private final String url;
  private final Duration deadline;
  private final Bound bound;
  private final RateGuard rate;
  private final OkHttpClient http;
  private final RoomService rooms;
  private final SipService sip;
  private final AgentDispatchService dispatches;

  LiveKitApi(LiveKitSettings settings, Bound bound, RateGuard rate) {
    this.bound = bound;
    this.rate = rate;
    url = settings.apiUrl();
    deadline = settings.deadline();
    http =
        new OkHttpClient.Builder()
            .callTimeout(deadline)
            .connectTimeout(deadline)
            .readTimeout(Duration.ZERO)
            .writeTimeout(deadline)
            .followRedirects(false)
            .addInterceptor(LiveKitApi::traced)
            .dns(new BoundedDns(deadline))
            .connectionPool(new ConnectionPool(MOST_IDLE_CONNECTIONS, 5, TimeUnit.MINUTES))
            .build();
    Retrofit retrofit =
        new Retrofit.Builder()
            .baseUrl(url)
            .client(http)
            .addConverterFactory(ProtoConverterFactory.create())
            .build();
    rooms = retrofit.create(RoomService.class);
    Retrofit once = retrofit.newBuilder().client(onceOnly(http)).build();
    sip = once.create(SipService.class);
    dispatches = once.create(AgentDispatchService.class);
  }

  /** The trace of the hook that is served, if it has one. */
  private static okhttp3.Response traced(Interceptor.Chain chain) throws IOException {
    String b3 = MDC.get("b3");
    return chain.proceed(
        b3 == null ? chain.request() : chain.request().newBuilder().header("b3", b3).build());
  }

  /** A request that rings somebody or starts an agent is never sent again by itself. */
  private static OkHttpClient onceOnly(OkHttpClient http) {
    return http.newBuilder().retryOnConnectionFailure(false).build();
  }

  public RoomService rooms() {
    return rooms;
  }

  public SipService sip() {
    return sip;
  }

  public AgentDispatchService dispatches() {
    return dispatches;
  }

  /** Opens a connection and looks whether LiveKit is there, so that the first caller need not. */
  public void warm() {
    try (okhttp3.Response answer = frontPage()) {
      log.info("LiveKit at {} answers {}", url, answer.code());
    } catch (IOException unreachable) {
      log.warn("LiveKit at {} does not answer: {}", url, words(unreachable, deadline));
    }
  }

  /**
   * Uses the connection, or opens another one, before it is closed for being idle. Neither the rate
   * nor the breaker knows of it: the front page is none of LiveKit's API.
   */
  public void keepWarm() {
    try (okhttp3.Response answer = frontPage()) {
      log.debug("LiveKit at {} still answers {}", url, answer.code());
    } catch (IOException cold) {
      log.debug("LiveKit at {} does not answer now: {}", url, words(cold, deadline));
    }
  }

  private okhttp3.Response frontPage() throws IOException {
    return http.newCall(new Request.Builder().url(url).build()).execute();
  }

  /**
   * What the server's front page says.
   *
   * @param status 200, or 406 while it is not ready
   * @param text OK, or Not Ready
   * @param clock the server's time, to the second; null when it does not tell
   */
  public record Greeting(int status, String text, @Nullable Instant clock) {}

  /**
   * Asks for the front page.
   *
   * @throws LiveKitFailure when there is no answer
   */
  public Greeting greet() {
    try (okhttp3.Response answer = frontPage()) {
      Date clock = answer.headers().getDate("Date");
      return new Greeting(
          answer.code(),
          shortened(answer.body().string()),
          clock == null ? null : clock.toInstant());
    } catch (IOException unreachable) {
      throw unavailable("at " + url, words(unreachable, deadline));
    }
  }

  /**
   * Does a request within the settings' deadline, of which the wait for a place among those that
   * are under way is a part.
   *
   * @throws LiveKitFailure when there is no answer, or not the one that was asked for
   */
  public <T> T execute(String method, Call<T> call) {
    return body(method, bounded(method, call));
  }

  /**
   * Does a request within a deadline of its own, because it waits for somebody.
   *
   * @throws LiveKitFailure when there is no answer, or not the one that was asked for
   */
  public <T> T execute(String method, Call<T> call, Duration deadline) {
    return body(method, response(method, call, deadline, deadline));
  }

  private static <T> T body(String method, Response<T> response) {
    T answer = response.body();
    if (answer == null) {
      throw unheard(method, "the answer is empty");
    }
    return answer;
  }

  /**
   * Does a request whose answer says nothing, within the settings' deadline.
   *
   * @throws LiveKitFailure when it was not done
   */
  public void perform(String method, Call<Void> call) {
    log.debug("LiveKit {}: {}", method, bounded(method, call).code());
  }

  private <T> Response<T> bounded(String method, Call<T> call) {
    long begun = System.nanoTime();
    return bound.within(
        method,
        () -> response(method, call, deadline, deadline.minusNanos(System.nanoTime() - begun)));
  }

  /**
   * @param deadline as it is told when it is over
   * @param left what is left of it
   */
  private <T> Response<T> response(String method, Call<T> call, Duration deadline, Duration left) {
    rate.take(method);
    call.timeout().timeout(Math.max(1, left.toMillis()), TimeUnit.MILLISECONDS);
    try {
      Response<T> response = call.execute();
      if (response.isSuccessful()) {
        return response;
      }
      throw failure(method, response.code(), text(response.errorBody()));
    } catch (IOException unanswered) {
      String words = words(unanswered, deadline);
      throw isUnsent(unanswered) ? unavailable(method, words) : unheard(method, words);
    } catch (IllegalArgumentException | IllegalStateException notProtobuf) {
      throw unheard(method, "the answer is not LiveKit's");
    } catch (RuntimeException wrapped) {
      if (wrapped.getCause() instanceof IOException) {
        throw unheard(method, "the answer is not LiveKit's");
      }
      throw wrapped;
    }
  }

  public void close() {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }

  private static LiveKitFailure unavailable(String method, String words) {
    return new LiveKitFailure.Unavailable("LiveKit " + method + ": " + words, 0);
  }

  private static LiveKitFailure unheard(String method, String words) {
    return new LiveKitFailure.Unheard("LiveKit " + method + ": " + words, 0);
  }

  private static boolean isUnsent(IOException failure) {
    return failure instanceof ConnectException
        || failure instanceof UnknownHostException
        || failure instanceof SSLHandshakeException
        || failure instanceof SSLPeerUnverifiedException;
  }

  private static LiveKitFailure failure(String method, int status, String body) {
    JsonNode error = error(body);
    String message = "LiveKit %s: HTTP %d%s".formatted(method, status, reason(error, body));
    OptionalInt farEnd = farEnd(error);
    if (farEnd.isPresent()) {
      return new LiveKitFailure.FarEnd(message, status, farEnd.getAsInt());
    }
    if (status >= 500 || status == TIMED_OUT) {
      return new LiveKitFailure.Unheard(message, status);
    }
    boolean ours = status >= 400 && status != 401 && status != 429;
    return ours
        ? new LiveKitFailure.Refused(message, status)
        : new LiveKitFailure.Unavailable(message, status);
  }

  /**
   * What the far end of a call answered that LiveKit placed: only then the error carries a SIP code
   * (protocol/livekit/sip.go), and {@code canceled} is a far end that did not answer in time.
   */
  private static OptionalInt farEnd(JsonNode error) {
    int code = error.path("meta").path("sip_status_code").asInt();
    boolean rang = error.path("code").asText().equals("canceled");
    return code > 0 || rang ? OptionalInt.of(code) : OptionalInt.empty();
  }

  /**
   * A Twirp error's message. A plain text, which the checks before Twirp send, is cut at its colon:
   * behind it stands the key, or the whole token.
   */
  private static String reason(JsonNode error, String body) {
    if (error.hasNonNull("msg")) {
      String text = error.path("code").asText() + ": " + error.path("msg").asText();
      return ", " + Mask.text(shortened(text));
    }
    return body.startsWith("invalid ") ? ", " + shortened(body.split(":", 2)[0]) : "";
  }

  /** A Twirp error; nothing has a value in one that is no JSON. */
  private static JsonNode error(String body) {
    try {
      JsonNode error = JSON.readTree(body);
      return error == null ? MissingNode.getInstance() : error;
    } catch (JsonProcessingException plainText) {
      return MissingNode.getInstance();
    }
  }

  private static String shortened(String text) {
    return text.substring(0, Math.min(text.length(), LONGEST_MESSAGE));
  }

  private static String text(@Nullable ResponseBody body) throws IOException {
    return body == null ? "" : body.string();
  }

  private static String words(IOException failure, Duration deadline) {
    if (failure instanceof InterruptedIOException) {
      return "no answer within " + deadline.toMillis() + " ms";
    }
    if (failure instanceof ConnectException) {
      return "nothing listens there";
    }
    if (failure instanceof UnknownHostException) {
      return "its host has no address";
    }
    return TlsFault.words(failure)
        .orElse("the connection failed (" + failure.getClass().getSimpleName() + ")");
  }
}
