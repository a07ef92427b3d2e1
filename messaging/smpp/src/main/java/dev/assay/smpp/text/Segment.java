package dev.assay.smpp.text;

import java.util.Arrays;

/**
 * One part of a text as it is sent. Immutable: do not write to its arrays.
 *
 * @param part which one, from 1
 * @param text what it says
 * @param header its user data header; empty where it has none
 * @param message its characters, one septet a byte in the GSM alphabet
 * @param units how much of the room it takes: septets, bytes or UTF-16 units
 */
public record Segment(int part, String text, byte[] header, byte[] message, int units) {

  /** What short_message holds: the header, then the characters. */
  public byte[] shortMessage() {
    byte[] all = Arrays.copyOf(header, header.length + message.length);
    System.arraycopy(message, 0, all, header.length, message.length);
    return all;
  }

  /** What goes over the air (TP-UD): the header, then the characters, septets packed. */
  public byte[] userData(Encoding encoding) {
    if (encoding != Encoding.GSM7) {
      return shortMessage();
    }
    byte[] packed = Septets.pack(message, 0, message.length, Septets.fill(header.length));
    byte[] all = Arrays.copyOf(header, header.length + packed.length);
    System.arraycopy(packed, 0, all, header.length, packed.length);
    return all;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Segment that
        && part == that.part
        && text.equals(that.text)
        && Arrays.equals(header, that.header)
        && Arrays.equals(message, that.message);
  }

  @Override
  public int hashCode() {
    return 31 * part + text.hashCode();
  }
}
