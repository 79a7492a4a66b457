package io.voicegateway.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server in a process of its own, whose time and memory are read from Linux. */
final class MeasuredProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final Duration ready;

  private MeasuredProcess(Process process, Duration ready) {
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
  static MeasuredProcess start(
      List<String> command, Map<String, String> environment, Path log, URI health)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
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
    return new MeasuredProcess(process, Duration.ofNanos(System.nanoTime() - begin));
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
  static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0)) {
      return any.getLocalPort();
    }
  }

  /** From its start to its first answer. */
  Duration ready() {
    return ready;
  }

  /** The processor's time it took so far. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /** The memory it holds, in MB. */
  long memory() {
    try {
      return Files.readString(Path.of("/proc", String.valueOf(process.pid()), "status"))
          .lines()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElseThrow();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
