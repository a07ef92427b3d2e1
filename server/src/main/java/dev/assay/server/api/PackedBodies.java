package dev.assay.server.api;

import jakarta.servlet.FilterChain;
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

    private @Nullable BodyStream body;

    Unpacked(HttpServletRequest request) {
      super(request);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      BodyStream made = body;
      if (made == null) {
        InputStream packed = super.getInputStream();
        made = new BodyStream(() -> new GZIPInputStream(packed));
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
}
