package io.voicegateway.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Hands a request's bytes to the routes as they came, whatever its Content-Type says, and never
 * more than {@value #MOST_BYTES} of them: a signature is made over raw bytes, and nobody may fill
 * the memory.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
final class BodyFilter extends OncePerRequestFilter {

  /** The parameter in which a dial's action hook carries its state. */
  private static final String STATE = "then";

  /** Twice what a hook may have, so that the signature of one that is too large still holds. */
  static final int MOST_BYTES = 512 * 1024;

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    byte[] body = request.getInputStream().readNBytes(MOST_BYTES);
    chain.doFilter(new Buffered(request, body), response);
  }

  /** The request with its body in memory and no form for Camel to parse. */
  private static final class Buffered extends HttpServletRequestWrapper {
    private final byte[] body;

    Buffered(HttpServletRequest request, byte[] body) {
      super(request);
      this.body = body;
    }

    @Override
    public ServletInputStream getInputStream() {
      return new Memory(body);
    }

    @Override
    public BufferedReader getReader() {
      return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }

    /** Camel takes every parameter of the address for a header; only our own may be one. */
    @Override
    public Enumeration<String> getParameterNames() {
      return Collections.enumeration(
          super.getParameter(STATE) == null ? List.of() : List.of(STATE));
    }

    @Override
    public String getContentType() {
      return "application/octet-stream";
    }

    /** Camel would unpack a body that says it is packed, to any size. Jambonz packs none. */
    @Override
    public @Nullable String getHeader(String name) {
      return name.equalsIgnoreCase(HttpHeaders.CONTENT_ENCODING) ? null : super.getHeader(name);
    }
  }

  /** A body that is all there. */
  private static final class Memory extends ServletInputStream {
    private final ByteArrayInputStream bytes;

    Memory(byte[] body) {
      bytes = new ByteArrayInputStream(body);
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      return bytes.read(target, offset, length);
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new UnsupportedOperationException("the body is already read");
    }
  }
}
