package io.voicegateway.sip;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server's demand for a login, digest of RFC 7616 with MD5 or SHA-256.
 *
 * @param answeredIn name of the header in which it is answered
 */
record Challenge(String answeredIn, Map<String, String> parameters) {

  private static final Pattern PARAMETER =
      Pattern.compile("([\\w-]+)\\s*=\\s*(?:\"([^\"]*)\"|([^\",\\s]+))");
  private static final Pattern SCHEME = Pattern.compile("(?i)Digest\\s.*");
  private static final Map<String, String> ALGORITHMS = Map.of("MD5", "MD5", "SHA-256", "SHA-256");

  /** The first challenge of a refusal that we can answer. */
  static Optional<Challenge> of(SipMessage refusal) {
    boolean proxy = refusal.code() == 407;
    if (!proxy && refusal.code() != 401) {
      return Optional.empty();
    }
    String answeredIn = proxy ? "Proxy-Authorization" : "Authorization";
    return refusal.all(proxy ? "proxy-authenticate" : "www-authenticate").stream()
        .filter(header -> SCHEME.matcher(header).matches())
        .map(header -> new Challenge(answeredIn, parameters(header)))
        .filter(Challenge::canBeAnswered)
        .findFirst();
  }

  private static Map<String, String> parameters(String header) {
    Map<String, String> found = new HashMap<>();
    Matcher parameter = PARAMETER.matcher(header);
    while (parameter.find()) {
      String quoted = parameter.group(2);
      found.putIfAbsent(
          parameter.group(1).toLowerCase(Locale.ROOT),
          quoted == null ? parameter.group(3) : quoted);
    }
    return found;
  }

  private boolean canBeAnswered() {
    return parameters.containsKey("nonce")
        && ALGORITHMS.containsKey(algorithm())
        && (qops().isEmpty() || qops().contains("auth"));
  }

  /** The whole header line that answers it. */
  String answer(SipLogin login, String method, String uri, String cnonce) {
    List<String> parts = new ArrayList<>();
    parts.add("username=\"" + login.username() + "\"");
    parts.add("realm=\"" + parameter("realm") + "\"");
    parts.add("nonce=\"" + parameter("nonce") + "\"");
    parts.add("uri=\"" + uri + "\"");
    parts.add("response=\"" + response(login, method, uri, cnonce) + "\"");
    if (parameters.containsKey("algorithm")) {
      parts.add("algorithm=" + parameter("algorithm"));
    }
    if (!qops().isEmpty()) {
      parts.add("qop=auth, nc=00000001, cnonce=\"" + cnonce + "\"");
    }
    if (parameters.containsKey("opaque")) {
      parts.add("opaque=\"" + parameter("opaque") + "\"");
    }
    return answeredIn + ": Digest " + String.join(", ", parts);
  }

  private String response(SipLogin login, String method, String uri, String cnonce) {
    String secret = hash(login.username(), parameter("realm"), login.password());
    String request = hash(method, uri);
    return qops().isEmpty()
        ? hash(secret, parameter("nonce"), request)
        : hash(secret, parameter("nonce"), "00000001", cnonce, "auth", request);
  }

  private String hash(String... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance(ALGORITHMS.getOrDefault(algorithm(), ""));
      byte[] bytes = String.join(":", parts).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(digest.digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has MD5 and SHA-256", impossible);
    }
  }

  private String algorithm() {
    return parameters.getOrDefault("algorithm", "MD5").toUpperCase(Locale.ROOT);
  }

  private List<String> qops() {
    String qop = parameter("qop").strip();
    return qop.isEmpty() ? List.of() : Arrays.asList(qop.split("\\s*,\\s*", -1));
  }

  private String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }
}
