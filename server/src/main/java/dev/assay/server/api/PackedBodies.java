package dev.assay.server.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Unpacks bodies that come packed ({@code Content-Encoding: gzip}), as they are read; what is read
 * is bounded by whoever reads it. Other packings are refused, and it is said which is known (RFC
 * 9110, section 15.5.16).
 */
public final class PackedBodies extends OncePerRequestFilter {

  /** Made once for all requests. */
  public PackedBodies() {}

  private static String packing(HttpServletRequest request) {
    String written = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    return written == null ? "" : written.strip().toLowerCase(Locale.ROOT);
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    String packing = packing(request);
    return packing.isEmpty() || packing.equals("identity");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String packing = packing(request);
    if (packing.equals("gzip") || packing.equals("x-gzip")) {
      chain.doFilter(new Unpacked(request), response);
      return;
    }
    response.setHeader(HttpHeaders.ACCEPT_ENCODING, "gzip, identity");
    new ProblemBody(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE.value(),
            "ASSAY-SERVER-130",
            "The body is packed in a way that is not known here",
            "Content-Encoding is '" + packing + "'",
            "send it as it is, or packed by gzip")
        .write(response);
  }

  /** A request whose body is what was packed. */
  private static final class Unpacked extends HttpServletRequestWrapper {

    private @Nullable Body body;

    Unpacked(HttpServletRequest request) {
      super(request);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      Body made = body;
      if (made == null) {
        made = new Body(super.getInputStream());
        body = made;
      }
      return made;
    }

    @Override
    public BufferedReader getReader() throws IOException {
      return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }

    @Override
    public int getContentLength() {
      return -1;
    }

    @Override
    public long getContentLengthLong() {
      return -1;
    }
  }

  /** Begins to unpack when it is read first. */
  private static final class Body extends ServletInputStream {

    private final InputStream packed;
    private @Nullable InputStream in;
    private boolean finished;

    Body(InputStream packed) {
      this.packed = packed;
    }

    private InputStream in() throws IOException {
      InputStream made = in;
      if (made == null) {
        made = new GZIPInputStream(packed);
        in = made;
      }
      return made;
    }

    @Override
    public int read() throws IOException {
      int one = in().read();
      finished |= one < 0;
      return one;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int count = in().read(into, from, length);
      finished |= count < 0;
      return count;
    }

    @Override
    public boolean isFinished() {
      return finished;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("nobody reads this asynchronously");
    }
  }
}
