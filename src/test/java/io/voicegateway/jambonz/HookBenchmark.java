package io.voicegateway.jambonz;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.voicegateway.call.Call;
import io.voicegateway.call.NumberFormat;
import io.voicegateway.call.Party;
import io.voicegateway.call.RefusedPosts;
import io.voicegateway.project.TestProjects;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the steps of a new call cost that are ours, compiled as in a gateway that serves. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgs = "-XX:TieredStopAtLevel=1")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class HookBenchmark {

  private final RecordedHook hook =
      RecordedHook.posted().stream().filter(RecordedHook::isNewCall).findFirst().orElseThrow();
  private final byte[] body = hook.bytes();
  private final Clock clock =
      Clock.fixed(Instant.ofEpochSecond((long) hook.unix()), ZoneOffset.UTC);
  private final HookSignature signature =
      new HookSignature(
          TestProjects.signed(RecordedHook.SECRET),
          new JambonzSettings(List.of(), "", false),
          new RefusedPosts(clock),
          clock);
  private final HookReader reader = new HookReader();
  private final DialVerbs verbs = DialVerbsTest.dials("");
  private final Call call = Calls.from("+15550002000");
  private final JsonMapper json = new JsonMapper();

  /** Looks whether Jambonz signed it. */
  @Benchmark
  public void signature() {
    signature.verify(body, hook.signature());
  }

  /** Reads its JSON. */
  @Benchmark
  public Object read() {
    return reader.read(body, "application/json");
  }

  /** Brings its caller's number into one form. */
  @Benchmark
  public Party number() {
    return NumberFormat.party("+4930901820", null);
  }

  /** Answers it: the dial with its sealed hooks, as JSON. */
  @Benchmark
  public byte[] verbs() throws IOException {
    return json.writeValueAsBytes(verbs.intoRoom(call, "room", call.plan().fallback()));
  }
}
