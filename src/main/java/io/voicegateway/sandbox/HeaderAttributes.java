package io.voicegateway.sandbox;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import livekit.LivekitSip.SIPHeaderOptions;
import livekit.LivekitSip.SIPInboundTrunkInfo;

/** The SIP headers a trunk turns into attributes (sip/pkg/sip, HeadersToAttrs). */
final class HeaderAttributes {
  private HeaderAttributes() {}

  static Map<String, String> of(SIPInboundTrunkInfo trunk, Map<String, String> headers) {
    Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(headers);
    Map<String, String> attributes = new HashMap<>();
    byName.forEach(
        (name, value) -> {
          if (included(trunk.getIncludeHeaders(), name)) {
            attributes.put("sip.h." + name.toLowerCase(Locale.ROOT), value);
          }
        });
    trunk
        .getHeadersToAttributesMap()
        .forEach(
            (header, attribute) -> {
              String value = byName.get(header);
              if (value != null) {
                attributes.put(attribute, value);
              }
            });
    return attributes;
  }

  private static boolean included(SIPHeaderOptions options, String header) {
    return switch (options) {
      case SIP_ALL_HEADERS -> true;
      case SIP_X_HEADERS -> header.toLowerCase(Locale.ROOT).startsWith("x-");
      case SIP_NO_HEADERS, UNRECOGNIZED -> false;
    };
  }
}
