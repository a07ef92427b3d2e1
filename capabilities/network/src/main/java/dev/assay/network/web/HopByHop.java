package dev.assay.network.web;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.List;

/**
 * The headers that are for the next hop only, and that a proxy takes away (RFC 9110 section 7.6.1).
 * {@code Transfer-Encoding} stays where the body is chunked, as it is written anew from it.
 */
final class HopByHop {

  /** What the proxy calls itself in {@code Via} (RFC 9110 section 7.6.3). */
  static final String VIA = "1.1 assay";

  private static final List<AsciiString> NAMES =
      List.of(
          HttpHeaderNames.CONNECTION,
          AsciiString.cached("proxy-connection"),
          AsciiString.cached("keep-alive"),
          HttpHeaderNames.TE,
          HttpHeaderNames.UPGRADE,
          HttpHeaderNames.PROXY_AUTHENTICATE,
          HttpHeaderNames.PROXY_AUTHORIZATION,
          AsciiString.cached("http2-settings"));

  private HopByHop() {}

  static void remove(HttpHeaders headers) {
    for (String value : headers.getAll(HttpHeaderNames.CONNECTION)) {
      for (String name : value.split(",", -1)) {
        String named = name.strip();
        if (!named.isEmpty() && !isFraming(named)) {
          headers.remove(named);
        }
      }
    }
    NAMES.forEach(headers::remove);
  }

  /** {@code Connection} may not name what says where the body ends, else requests are smuggled. */
  private static boolean isFraming(String name) {
    return HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name)
        || HttpHeaderNames.TRANSFER_ENCODING.contentEqualsIgnoreCase(name)
        || HttpHeaderNames.HOST.contentEqualsIgnoreCase(name);
  }

  static void addVia(HttpHeaders headers) {
    headers.add(HttpHeaderNames.VIA, VIA);
  }
}
