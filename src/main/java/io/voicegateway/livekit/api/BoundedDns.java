package io.voicegateway.livekit.api;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Dns;

/**
 * Looks a host up within a time of its own, as no deadline of OkHttp reaches into the system's
 * look-up. When it is too slow or fails, the last addresses that were found serve on.
 */
final class BoundedDns implements Dns {

  private final Map<String, List<InetAddress>> lastGood = new ConcurrentHashMap<>();
  private final Duration patience;

  BoundedDns(Duration patience) {
    this.patience = patience.dividedBy(2);
  }

  @Override
  public List<InetAddress> lookup(String host) throws UnknownHostException {
    try {
      List<InetAddress> found =
          CompletableFuture.supplyAsync(() -> system(host), task -> start(task))
              .get(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (!found.isEmpty()) {
        lastGood.put(host, found);
        return found;
      }
    } catch (TimeoutException | ExecutionException tooSlow) {
      // the last good addresses serve
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    List<InetAddress> known = lastGood.get(host);
    if (known == null) {
      throw new UnknownHostException(host);
    }
    return known;
  }

  private static void start(Runnable lookup) {
    Thread thread = new Thread(lookup, "dns");
    thread.setDaemon(true);
    thread.start();
  }

  private static List<InetAddress> system(String host) {
    try {
      return Dns.SYSTEM.lookup(host);
    } catch (UnknownHostException unknown) {
      return List.of();
    }
  }
}
