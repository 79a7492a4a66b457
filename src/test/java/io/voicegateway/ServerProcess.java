package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A server in a process of its own, whose time and memory are read from Linux. */
public final class ServerProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration END = Duration.ofSeconds(30);

  private final Process process;
  private final Duration ready;

  private ServerProcess(Process process, Duration ready) {
    this.process = process;
    this.ready = ready;
  }

  /**
   * Starts a server and waits until it answers 200.
   *
   * @param log what it prints
   * @param health what it is asked until then
   * @throws IllegalStateException when it ends before, or does not answer within two minutes
   */
  public static ServerProcess start(
      List<String> command, Map<String, String> environment, Path log, URI health)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    long begin = System.nanoTime();
    Process process = builder.start();
    while (!answers(health)) {
      if (!process.isAlive() || System.nanoTime() - begin > PATIENCE.toNanos()) {
        process.destroyForcibly();
        throw new IllegalStateException("it did not start: " + Files.readString(log));
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
    return new ServerProcess(process, Duration.ofNanos(System.nanoTime() - begin));
  }

  private static boolean answers(URI health) {
    try {
      HttpURLConnection connection = (HttpURLConnection) health.toURL().openConnection();
      connection.setReadTimeout(1000);
      return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** A port of this machine that nobody holds. */
  public static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0)) {
      return any.getLocalPort();
    }
  }

  /** From its start to its first answer. */
  public Duration ready() {
    return ready;
  }

  /** The processor's time it took so far. */
  public Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /** The memory it holds, in MB. */
  public long memory() {
    return status("VmRSS:") / 1024;
  }

  public long threads() {
    return status("Threads:");
  }

  /** How many files and connections it has open. */
  public long files() {
    try (Stream<Path> files = Files.list(linux("fd"))) {
      return files.count();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private long status(String name) {
    try {
      return Files.readString(linux("status"))
          .lines()
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private Path linux(String file) {
    return Path.of("/proc", pid(), file);
  }

  /** The bytes of all that is in use on its heap, which are counted after a full collection. */
  public long heap() {
    return await()
        .atMost(PATIENCE)
        .until(this::histogram, bytes -> !bytes.isEmpty())
        .map(Long::parseLong)
        .orElseThrow();
  }

  /** The sum of what is in use; nothing when it has no time to say it. */
  private Optional<String> histogram() throws IOException {
    Process jcmd =
        new ProcessBuilder(java("jcmd"), pid(), "GC.class_histogram")
            .redirectError(Redirect.DISCARD)
            .start();
    return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("Total"))
        .map(line -> line.replaceAll(".*\\s", ""))
        .findFirst();
  }

  /** From now on no byte more can be written to any file, as on a full disk. */
  public void fillDisk() throws IOException {
    limitFiles("0:");
  }

  /** It has room again. */
  public void freeDisk() throws IOException {
    limitFiles("unlimited:");
  }

  private void limitFiles(String bytes) throws IOException {
    ProcessBuilder limit = new ProcessBuilder("prlimit", "--fsize=" + bytes, "--pid", pid());
    Process done = limit.inheritIO().start();
    await().until(() -> !done.isAlive());
    assertThat(done.exitValue()).isZero();
  }

  private String pid() {
    return String.valueOf(process.pid());
  }

  /** A program of the JDK that runs this. */
  static String java(String program) {
    return Path.of(System.getProperty("java.home"), "bin", program).toString();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** As an operating system asks it to end. */
  public void end() {
    process.destroy();
  }

  /** As one that has no memory left ends it. */
  public void kill() {
    process.destroyForcibly();
  }

  /** Waits until it is gone. */
  public void awaitEnd() {
    await().atMost(END).until(() -> !process.isAlive());
  }

  @Override
  public void close() {
    end();
    try {
      awaitEnd();
    } finally {
      kill();
    }
  }
}
