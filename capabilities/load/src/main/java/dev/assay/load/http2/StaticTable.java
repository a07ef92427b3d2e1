package dev.assay.load.http2;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The header fields that HPACK knows by number (RFC 7541 appendix A). */
final class StaticTable {

  static final int AUTHORITY = 1;
  static final int METHOD = 2;
  static final int PATH = 4;
  static final int SCHEME = 6;
  static final int STATUS = 8;
  static final int LAST_STATUS = 14;
  static final int CONTENT_LENGTH = 28;

  /** One field a line: its name and, after a space, its value where it has one. */
  private static final String FIELDS =
      """
      :authority
      :method GET
      :method POST
      :path /
      :path /index.html
      :scheme http
      :scheme https
      :status 200
      :status 204
      :status 206
      :status 304
      :status 400
      :status 404
      :status 500
      accept-charset
      accept-encoding gzip, deflate
      accept-language
      accept-ranges
      accept
      access-control-allow-origin
      age
      allow
      authorization
      cache-control
      content-disposition
      content-encoding
      content-language
      content-length
      content-location
      content-range
      content-type
      cookie
      date
      etag
      expect
      expires
      from
      host
      if-match
      if-modified-since
      if-none-match
      if-range
      if-unmodified-since
      last-modified
      link
      location
      max-forwards
      proxy-authenticate
      proxy-authorization
      range
      referer
      refresh
      retry-after
      server
      set-cookie
      strict-transport-security
      transfer-encoding
      user-agent
      vary
      via
      www-authenticate
      """;

  private static final List<byte[]> NAMES = parts(0);
  private static final List<byte[]> VALUES = parts(1);

  private static List<byte[]> parts(int which) {
    return FIELDS.lines().map(line -> ascii((line + " ").split(" ", 2)[which].strip())).toList();
  }

  /** How many fields there are; the first has the index 1. */
  static final int SIZE = NAMES.size();

  private StaticTable() {}

  static byte[] name(int index) {
    return NAMES.get(index - 1);
  }

  static byte[] value(int index) {
    return VALUES.get(index - 1);
  }

  /** The first index with that name, or 0. */
  static int indexOf(byte[] name) {
    for (int i = 1; i <= SIZE; i++) {
      if (Arrays.equals(name(i), name)) {
        return i;
      }
    }
    return 0;
  }

  /** The index of that name with that value, or 0. */
  static int indexOf(byte[] name, byte[] value) {
    for (int i = 1; i <= SIZE; i++) {
      if (Arrays.equals(name(i), name) && Arrays.equals(value(i), value)) {
        return i;
      }
    }
    return 0;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
