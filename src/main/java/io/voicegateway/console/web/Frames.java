package io.voicegateway.console.web;

import io.voicegateway.console.web.Frame.Tab;
import io.voicegateway.operator.OperatorLogin;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Knows who looks, and what everybody must see. */
@Component
final class Frames {

  private final OperatorLogin login;

  Frames(OperatorLogin login) {
    this.login = login;
  }

  Frame of(String title, Tab tab, HttpServletRequest request) {
    login.check(request.getHeader(HttpHeaders.AUTHORIZATION), "false");
    return new Frame(title, tab, new Visitor(login.user(), true), "", null);
  }
}
