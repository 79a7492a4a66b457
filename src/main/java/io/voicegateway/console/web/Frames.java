package io.voicegateway.console.web;

import io.voicegateway.admission.OutageDesk;
import io.voicegateway.call.OutageSwitch;
import io.voicegateway.console.web.Frame.Tab;
import io.voicegateway.routes.RejectedEdit;
import io.voicegateway.routes.RoutesReport;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;

/** Knows who looks, and what everybody must see. */
@Component
final class Frames {

  private final OutageDesk outages;
  private final RoutesReport routes;

  Frames(OutageDesk outages, RoutesReport routes) {
    this.outages = outages;
    this.routes = routes;
  }

  Frame of(String title, Tab tab, HttpServletRequest request) {
    return new Frame(
        title,
        tab,
        new Visitor(
            Objects.requireNonNullElse(request.getRemoteUser(), ""),
            request.isUserInRole("OPERATOR")),
        isKnown(request) ? switchedOn() : "",
        isKnown(request) ? rejected() : List.of(),
        token(request));
  }

  private static boolean isKnown(HttpServletRequest request) {
    return request.getRemoteUser() != null;
  }

  private String switchedOn() {
    return outages.switchedOn().stream().map(OutageSwitch::label).collect(Collectors.joining(", "));
  }

  private List<String> rejected() {
    return routes.rejected().stream().map(RejectedEdit::where).toList();
  }

  /** Whoever has no session needs none, and is to get none by it. */
  private static @Nullable String token(HttpServletRequest request) {
    @Nullable CsrfToken token = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
    return token == null || request.getSession(false) == null ? null : token.getToken();
  }
}
