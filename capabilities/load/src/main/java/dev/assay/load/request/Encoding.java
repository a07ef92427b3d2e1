package dev.assay.load.request;

import dev.assay.load.extract.Bytes;

/** How the value of a slot is written, so that it cannot break out of its place. */
public enum Encoding {
  /** As it is. */
  RAW {
    @Override
    void write(byte[] value, int from, int to, Bytes into) {
      into.append(value, from, to);
    }
  },

  /** In a path or a query: all but unreserved characters percent-encoded (RFC 3986 2.3). */
  URL {
    @Override
    void write(byte[] value, int from, int to, Bytes into) {
      for (int i = from; i < to; i++) {
        if (unreserved(value[i])) {
          into.append(value[i]);
        } else {
          percent(value[i], into);
        }
      }
    }
  },

  /** In a form: a space is a plus (WHATWG URL, application/x-www-form-urlencoded). */
  FORM {
    @Override
    void write(byte[] value, int from, int to, Bytes into) {
      for (int i = from; i < to; i++) {
        if (value[i] == ' ') {
          into.append((byte) '+');
        } else if (unreserved(value[i])) {
          into.append(value[i]);
        } else {
          percent(value[i], into);
        }
      }
    }
  },

  /** Inside a JSON text (RFC 8259 section 7). */
  JSON {
    @Override
    void write(byte[] value, int from, int to, Bytes into) {
      for (int i = from; i < to; i++) {
        byte b = value[i];
        if (b == '"' || b == '\\') {
          into.append((byte) '\\');
          into.append(b);
        } else if (b >= 0 && b < ' ') {
          into.append(ESCAPE, 0, ESCAPE.length);
          into.append(HEX[b >> 4]);
          into.append(HEX[b & 15]);
        } else {
          into.append(b);
        }
      }
    }
  },

  /** In a header: what would end the line is a space (RFC 9110 5.5). */
  HEADER {
    @Override
    void write(byte[] value, int from, int to, Bytes into) {
      for (int i = from; i < to; i++) {
        byte b = value[i];
        into.append(b == '\r' || b == '\n' || b == 0 ? (byte) ' ' : b);
      }
    }
  };

  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'
  };
  private static final byte[] ESCAPE = {'\\', 'u', '0', '0'};

  abstract void write(byte[] value, int from, int to, Bytes into);

  /** Appends a value in this encoding. */
  public void write(Bytes value, Bytes into) {
    write(value.array(), 0, value.length(), into);
  }

  private static boolean unreserved(byte b) {
    return b >= 'a' && b <= 'z'
        || b >= 'A' && b <= 'Z'
        || b >= '0' && b <= '9'
        || b == '-'
        || b == '.'
        || b == '_'
        || b == '~';
  }

  private static void percent(byte b, Bytes into) {
    into.append((byte) '%');
    into.append(HEX[(b >> 4) & 15]);
    into.append(HEX[b & 15]);
  }
}
