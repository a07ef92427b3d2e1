package dev.assay.load.grpc;

import dev.assay.api.value.Template;
import java.util.List;

/**
 * A message that is ready to be sent any number of times: its encoded bytes, with places for values
 * that each request fills anew. Immutable.
 *
 * @param pieces its bytes in order
 * @param values what is filled in, by the number that pieces have; only names that are filled for
 *     each request are in them
 */
public record MessageProgram(List<Piece> pieces, List<Template> values) {

  /** A part of the encoded message. */
  sealed interface Piece {}

  /**
   * Bytes that are always the same.
   *
   * @param bytes the bytes; whoever holds the piece must not change them
   */
  record Fixed(byte[] bytes) implements Piece {}

  /**
   * A value, without its tag.
   *
   * @param value its number
   * @param form how it is encoded
   * @param names of {@link Form#ENUM}: the names of the values, else empty
   * @param numbers the numbers of these
   */
  record Filled(int value, Form form, byte[][] names, int[] numbers) implements Piece {}

  /**
   * A message or packed values, with their length before them, without a tag.
   *
   * @param pieces what is in it
   */
  record Nested(List<Piece> pieces) implements Piece {

    /** Copies the list. */
    Nested {
      pieces = List.copyOf(pieces);
    }
  }

  /** How a value is encoded. */
  enum Form {
    INT32,
    INT64,
    UINT32,
    UINT64,
    SINT32,
    SINT64,
    FIXED32,
    FIXED64,
    SFIXED32,
    SFIXED64,
    FLOAT,
    DOUBLE,
    BOOL,
    STRING,
    BYTES,
    ENUM
  }

  /** Copies the lists. */
  public MessageProgram {
    pieces = List.copyOf(pieces);
    values = List.copyOf(values);
  }

  /** Whether it is the same in every request. */
  public boolean fixed() {
    return values.isEmpty();
  }
}
