package dev.assay.load.http2;

/**
 * Reads a whole header block (RFC 7541 section 6) for a dynamic table of size 0. An encoder that
 * was told so may still ask to remember a field, which then is forgotten at once, and must not
 * refer to one. Allocates nothing.
 */
final class HeaderBlockReader {

  /** Is told of each field. */
  interface Fields {
    /** The field is valid until the call returns. */
    void field(HeaderField field);
  }

  private static final int BAD = -1;

  /** Continuation bytes of an integer; more could only say numbers that no block has room for. */
  private static final int MOST_SHIFT = 21;

  private final HeaderField field = new HeaderField();
  private int at;

  /**
   * Reads it from its first to its last byte.
   *
   * @return whether it is valid; fields before a fault have been told
   */
  boolean read(byte[] bytes, int from, int to, Fields fields) {
    at = from;
    boolean sized = true;
    while (at < to) {
      int first = bytes[at];
      if ((first & 0x80) != 0) {
        int index = integer(bytes, to, 0x7f);
        if (index < 1 || index > StaticTable.SIZE) {
          return false;
        }
        field.indexed(index);
      } else if ((first & 0xe0) == 0x20) {
        // A new size of the table; only at the front, and 0 is all that we allow.
        if (!sized || integer(bytes, to, 0x1f) != 0) {
          return false;
        }
        continue;
      } else if (!literal(bytes, to, (first & 0x40) != 0 ? 0x3f : 0x0f)) {
        return false;
      }
      sized = false;
      fields.field(field);
    }
    return true;
  }

  private boolean literal(byte[] bytes, int to, int mask) {
    int index = integer(bytes, to, mask);
    if (index < 0 || index > StaticTable.SIZE) {
      return false;
    }
    if (index > 0) {
      field.nameAt(index);
    } else {
      if (at == to) {
        return false;
      }
      boolean coded = bytes[at] < 0;
      int length = integer(bytes, to, 0x7f);
      if (length < 0 || length > to - at) {
        return false;
      }
      field.name(bytes, at, at + length, coded);
      at += length;
    }
    if (at == to) {
      return false;
    }
    boolean coded = bytes[at] < 0;
    int length = integer(bytes, to, 0x7f);
    if (length < 0 || length > to - at) {
      return false;
    }
    field.value(bytes, at, at + length, coded);
    at += length;
    return true;
  }

  /** An integer whose first byte, of which the mask says the part, is at hand (section 5.1). */
  private int integer(byte[] bytes, int to, int mask) {
    int value = bytes[at++] & mask;
    if (value < mask) {
      return value;
    }
    for (int shift = 0; shift <= MOST_SHIFT; shift += 7) {
      if (at == to) {
        return BAD;
      }
      int next = bytes[at++];
      value += (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    return BAD;
  }
}
