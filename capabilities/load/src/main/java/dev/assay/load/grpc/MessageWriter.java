package dev.assay.load.grpc;

import dev.assay.load.extract.Bytes;
import java.util.List;

/**
 * Writes messages with their prefix into a buffer, filling in values. Allocates nothing once its
 * buffers have grown. Not thread-safe.
 */
public final class MessageWriter {

  /** Says what stands in a place of a message. */
  @FunctionalInterface
  public interface Values {
    /** Appends the text of the value of that number, in UTF-8. */
    void write(int value, Bytes into);
  }

  /** What {@link #write} answers when all went well. */
  public static final int WRITTEN = -1;

  /** What {@link #write} answers when the buffer has no room for the message. */
  public static final int NO_ROOM = -2;

  /** The bytes before each message: whether it is compressed, and its length. */
  static final int PREFIX = 5;

  private static final int LONGEST_VALUE = 1 << 20;

  private final Bytes scratch = new Bytes(LONGEST_VALUE);
  private final ScalarParser parser = new ScalarParser();

  /**
   * Appends a message with its prefix (gRPC over HTTP/2, "Length-Prefixed-Message").
   *
   * @return {@link #WRITTEN}; {@link #NO_ROOM}; or the number of the value that does not fit its
   *     field, and what was appended is of no use
   */
  public int write(MessageProgram program, Values values, Bytes into) {
    int start = into.length();
    for (int i = 0; i < PREFIX; i++) {
      into.append((byte) 0);
    }
    int bad = pieces(program.pieces(), values, into);
    if (into.overflowed()) {
      return NO_ROOM;
    }
    int length = into.length() - start - PREFIX;
    byte[] bytes = into.array();
    bytes[start + 1] = (byte) (length >>> 24);
    bytes[start + 2] = (byte) (length >>> 16);
    bytes[start + 3] = (byte) (length >>> 8);
    bytes[start + 4] = (byte) length;
    return bad;
  }

  private int pieces(List<MessageProgram.Piece> pieces, Values values, Bytes into) {
    for (int i = 0; i < pieces.size(); i++) {
      MessageProgram.Piece piece = pieces.get(i);
      int bad = WRITTEN;
      if (piece instanceof MessageProgram.Fixed(byte[] bytes)) {
        into.append(bytes, 0, bytes.length);
      } else if (piece instanceof MessageProgram.Nested nested) {
        int start = begin(into);
        bad = pieces(nested.pieces(), values, into);
        end(into, start);
      } else if (piece instanceof MessageProgram.Filled filled) {
        bad = filled(filled, values, into);
      }
      if (bad != WRITTEN) {
        return bad;
      }
    }
    return WRITTEN;
  }

  private int filled(MessageProgram.Filled piece, Values values, Bytes into) {
    if (piece.form() == MessageProgram.Form.STRING) {
      int start = begin(into);
      values.write(piece.value(), into);
      end(into, start);
      return WRITTEN;
    }
    scratch.clear();
    values.write(piece.value(), scratch);
    boolean fits = !scratch.overflowed();
    if (fits && piece.form() == MessageProgram.Form.BYTES) {
      int start = begin(into);
      fits = parser.base64(scratch, into);
      end(into, start);
    } else if (fits) {
      fits = parser.parse(piece, scratch);
      if (fits) {
        encode(piece.form(), parser.bits(), into);
      }
    }
    return fits ? WRITTEN : piece.value();
  }

  private static void encode(MessageProgram.Form form, long bits, Bytes into) {
    switch (form) {
      case INT32, INT64, UINT64, ENUM, BOOL -> varint(bits, into);
      case UINT32 -> varint(bits & 0xffff_ffffL, into);
      case SINT32 -> varint(((bits << 1) ^ (bits >> 63)) & 0xffff_ffffL, into);
      case SINT64 -> varint((bits << 1) ^ (bits >> 63), into);
      case FIXED32, SFIXED32, FLOAT -> littleEndian(bits, 4, into);
      case FIXED64, SFIXED64, DOUBLE -> littleEndian(bits, 8, into);
      case STRING, BYTES -> throw new IllegalStateException("no number: " + form);
    }
  }

  private static void varint(long value, Bytes into) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      into.append((byte) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    into.append((byte) rest);
  }

  private static void littleEndian(long bits, int many, Bytes into) {
    for (int i = 0; i < many; i++) {
      into.append((byte) (bits >>> 8 * i));
    }
  }

  /** Leaves one byte for a length; nearly all need no more. */
  private static int begin(Bytes into) {
    into.append((byte) 0);
    return into.length();
  }

  /** Puts the length of all since then before it, moving it where one byte is too few. */
  private static void end(Bytes into, int start) {
    if (into.overflowed()) {
      return;
    }
    int length = into.length() - start;
    int more = 0;
    for (int rest = length >>> 7; rest != 0; rest >>>= 7) {
      into.append((byte) 0);
      more++;
    }
    if (into.overflowed()) {
      return;
    }
    byte[] bytes = into.array();
    if (more > 0) {
      System.arraycopy(bytes, start, bytes, start + more, length);
    }
    int rest = length;
    int at = start - 1;
    while (rest > 0x7f) {
      bytes[at++] = (byte) (rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    bytes[at] = (byte) rest;
  }
}
