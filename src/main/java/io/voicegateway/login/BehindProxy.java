package io.voicegateway.login;

import io.voicegateway.operator.Senders;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ForwardedHeaderUtils;

/** Takes a trusted proxy's word for the address that the browser asked. */
final class BehindProxy extends OncePerRequestFilter {

  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private final Senders senders;

  BehindProxy(Senders senders) {
    this.senders = senders;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !senders.isProxy(request.getRemoteAddr());
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain rest)
      throws ServletException, IOException {
    rest.doFilter(new Asked(request, address(new ServletServerHttpRequest(request))), response);
  }

  /** Without path and query, which stay what they are. */
  private static URI address(ServletServerHttpRequest asked) {
    URI here = asked.getURI().resolve("/");
    try {
      URI said =
          ForwardedHeaderUtils.adaptFromForwardedHeaders(here, asked.getHeaders()).build().toUri();
      return said.getHost() == null ? here : said;
    } catch (IllegalArgumentException | IllegalStateException noAddress) {
      return here;
    }
  }

  private static final class Asked extends HttpServletRequestWrapper {

    private final URI address;

    Asked(HttpServletRequest request, URI address) {
      super(request);
      this.address = address;
    }

    @Override
    public String getScheme() {
      return address.getScheme();
    }

    @Override
    public boolean isSecure() {
      return getScheme().equals("https");
    }

    @Override
    public String getServerName() {
      return address.getHost();
    }

    @Override
    public int getServerPort() {
      return address.getPort() < 0 ? isSecure() ? HTTPS : HTTP : address.getPort();
    }

    @Override
    public StringBuffer getRequestURL() {
      return new StringBuffer(getScheme())
          .append("://")
          .append(address.getAuthority())
          .append(getRequestURI());
    }
  }
}
