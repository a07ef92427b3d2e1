package dev.assay.server.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Leaves a body to whom it is for. {@code curl --data-binary} calls whatever it sends a form, and a
 * servlet container would read it to the end as one when the first parameter of the address is
 * asked for. Programs send no forms: parameters are those of the address.
 */
public final class BodyAsSent extends OncePerRequestFilter {

  private static final int FORM_LENGTH = MediaType.APPLICATION_FORM_URLENCODED_VALUE.length();

  /** Made once for all requests. */
  public BodyAsSent() {}

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    String type = request.getContentType();
    return type == null
        || !type.regionMatches(
            true, 0, MediaType.APPLICATION_FORM_URLENCODED_VALUE, 0, FORM_LENGTH);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    chain.doFilter(new NoForm(request), response);
  }

  /** A request whose body is some bytes. */
  private static final class NoForm extends HttpServletRequestWrapper {

    private final Map<String, String[]> parameters;

    NoForm(HttpServletRequest request) {
      super(request);
      parameters = parameters(request.getQueryString());
    }

    private static Map<String, String[]> parameters(@Nullable String query) {
      Map<String, List<String>> all = new LinkedHashMap<>();
      if (query != null) {
        for (String one : query.split("&")) {
          int equals = one.indexOf('=');
          String name = decoded(equals < 0 ? one : one.substring(0, equals));
          if (!name.isEmpty()) {
            all.computeIfAbsent(name, _ -> new ArrayList<>())
                .add(equals < 0 ? "" : decoded(one.substring(equals + 1)));
          }
        }
      }
      Map<String, String[]> parameters = new LinkedHashMap<>();
      all.forEach((name, values) -> parameters.put(name, values.toArray(String[]::new)));
      return Collections.unmodifiableMap(parameters);
    }

    private static String decoded(String text) {
      try {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
      } catch (IllegalArgumentException percent) {
        return text;
      }
    }

    @Override
    public String getContentType() {
      return MediaType.APPLICATION_OCTET_STREAM_VALUE;
    }

    @Override
    public String getHeader(String name) {
      return name.equalsIgnoreCase("Content-Type") ? getContentType() : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return name.equalsIgnoreCase("Content-Type")
          ? Collections.enumeration(List.of(getContentType()))
          : super.getHeaders(name);
    }

    @Override
    public @Nullable String getParameter(String name) {
      String[] values = parameters.get(name);
      return values == null ? null : values[0];
    }

    @Override
    public Map<String, String[]> getParameterMap() {
      return parameters;
    }

    @Override
    public Enumeration<String> getParameterNames() {
      return Collections.enumeration(parameters.keySet());
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
      return parameters.get(name);
    }
  }
}
