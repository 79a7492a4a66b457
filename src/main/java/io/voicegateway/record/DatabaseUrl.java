package io.voicegateway.record;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a database, as people write it: {@code postgres://user:password@host:5432/name},
 * {@code postgresql://…}, {@code jdbc:postgresql:…}, or {@code jdbc:h2:…}.
 *
 * @param jdbc the address without user and password, where it can be told without them
 * @param user empty when the JDBC address holds it
 */
public record DatabaseUrl(String jdbc, String user, String password) {

  private static final Pattern POSTGRES = Pattern.compile("postgres(ql)?://.*");
  private static final Pattern JDBC = Pattern.compile("jdbc:(postgresql|h2):.+");

  /** A database that hangs is given up after these seconds. */
  private static final Map<String, String> PATIENCE =
      Map.of("connectTimeout", "2", "socketTimeout", "15", "tcpKeepAlive", "true");

  /**
   * Where an embedded database follows PostgreSQL, and ends when the gateway ends it. It rewrites
   * its file only when less than half of it is in use: at H2's own 90 % it rewrites all the time,
   * and fills the small heap with pages whose collection stops the gateway for a tenth of a second.
   */
  private static final String H2_OPTIONS =
      ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
          + ";DB_CLOSE_ON_EXIT=FALSE;CACHE_SIZE=16384;AUTO_COMPACT_FILL_RATE=50";

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException with a sentence that does not repeat it, as it holds a
   *     password
   */
  public static DatabaseUrl parse(String url) {
    if (POSTGRES.matcher(url).matches()) {
      return postgres(url);
    }
    if (!JDBC.matcher(url).matches()) {
      throw new IllegalArgumentException(
          "must be postgres://user:password@host:port/name or a jdbc:postgresql: address");
    }
    return new DatabaseUrl(url.startsWith("jdbc:h2:") ? h2(url) : withPatience(url), "", "");
  }

  /** The name of the database without whoever logs in. */
  String shown() {
    return jdbc.replaceFirst("^jdbc:", "").replaceFirst("[?;].*", "");
  }

  /** One in memory lasts as long as the program, not as its last connection. */
  private static String h2(String url) {
    return url + H2_OPTIONS + (url.startsWith("jdbc:h2:mem:") ? ";DB_CLOSE_DELAY=-1" : "");
  }

  private static DatabaseUrl postgres(String url) {
    URI uri = uri(url);
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    if (uri.getHost() == null || path.length() < 2) {
      throw new IllegalArgumentException(
          "names no host or no database: postgres://user:password@host:port/name; in the password"
              + " @ / : ? # % are written as %40 %2F %3A %3F %23 %25");
    }
    String login = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
    String[] parts = login.split(":", 2);
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return new DatabaseUrl(
        withPatience("jdbc:postgresql://" + uri.getHost() + port + path + query),
        decoded(parts[0]),
        parts.length < 2 ? "" : decoded(parts[1]));
  }

  /** Cut off from its cause, whose message repeats the address. */
  private static URI uri(String url) {
    try {
      return URI.create(url);
    } catch (IllegalArgumentException unreadable) {
      return URI.create("");
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String withPatience(String jdbc) {
    StringBuilder url = new StringBuilder(jdbc);
    PATIENCE.forEach(
        (name, value) -> {
          Matcher set = Pattern.compile("[?&]" + name + "=").matcher(url);
          if (!set.find()) {
            url.append(url.indexOf("?") < 0 ? '?' : '&').append(name).append('=').append(value);
          }
        });
    return url.toString();
  }

  @Override
  public String toString() {
    return shown();
  }
}
