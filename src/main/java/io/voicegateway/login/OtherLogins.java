package io.voicegateway.login;

import java.util.Map;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;

/** Ways to log in beside the password; none of their classes is loaded where none is set. */
interface OtherLogins {

  /** Where each begins, and what it is called. */
  Map<String, String> offered();

  /** Takes them. */
  void add(HttpSecurity http) throws Exception;
}
