package dev.assay.smpp.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A user data header (3GPP TS 23.040, section 9.2.3.24). Immutable.
 *
 * @param elements its information elements, in order
 */
public record UserDataHeader(List<Element> elements) {

  private static final int CONCATENATION_8 = 0x00;
  private static final int CONCATENATION_16 = 0x08;
  private static final int SINGLE_SHIFT = 0x24;
  private static final int LOCKING_SHIFT = 0x25;

  /** Copies the list. */
  public UserDataHeader {
    elements = List.copyOf(elements);
  }

  /**
   * One information element.
   *
   * @param id what it is
   * @param data its value; do not write to it
   */
  public record Element(int id, byte[] data) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Element that && id == that.id && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
      return 31 * id + Arrays.hashCode(data);
    }
  }

  /**
   * Which part of a longer message this is.
   *
   * @param reference what all parts share
   * @param bits how long the reference is: 8 or 16
   * @param total how many parts
   * @param part which one, from 1
   */
  public record Part(int reference, int bits, int total, int part) {}

  /** Reads the header that bytes begin with; empty where they do not hold a whole one. */
  public static Optional<UserDataHeader> read(byte[] message) {
    int end = message.length == 0 ? 0 : 1 + (message[0] & 0xFF);
    if (end == 0 || end > message.length) {
      return Optional.empty();
    }
    List<Element> elements = new ArrayList<>();
    int at = 1;
    while (at < end) {
      int length = at + 1 < end ? message[at + 1] & 0xFF : end;
      if (length > end - at - 2) {
        return Optional.empty();
      }
      elements.add(
          new Element(message[at] & 0xFF, Arrays.copyOfRange(message, at + 2, at + 2 + length)));
      at += 2 + length;
    }
    return Optional.of(new UserDataHeader(elements));
  }

  /** The header of a part, with the languages where they are not the default. */
  static UserDataHeader of(Optional<Part> part, Language locking, Language single) {
    List<Element> elements = new ArrayList<>();
    part.ifPresent(p -> {
      byte total = (byte) p.total();
      byte number = (byte) p.part();
      byte low = (byte) p.reference();
      elements.add(
          p.bits() == 16
              ? new Element(
                  CONCATENATION_16, new byte[] {(byte) (p.reference() >> 8), low, total, number})
              : new Element(CONCATENATION_8, new byte[] {low, total, number}));
    });
    if (single != Language.DEFAULT) {
      elements.add(new Element(SINGLE_SHIFT, new byte[] {(byte) single.id()}));
    }
    if (locking != Language.DEFAULT) {
      elements.add(new Element(LOCKING_SHIFT, new byte[] {(byte) locking.id()}));
    }
    return new UserDataHeader(elements);
  }

  /** How many octets it takes, its length included; none where it is empty. */
  public int octets() {
    int sum = elements.isEmpty() ? 0 : 1;
    for (Element element : elements) {
      sum += 2 + element.data().length;
    }
    return sum;
  }

  /** Its octets. */
  public byte[] encode() {
    byte[] bytes = new byte[octets()];
    int at = 0;
    if (bytes.length > 0) {
      bytes[at++] = (byte) (bytes.length - 1);
    }
    for (Element element : elements) {
      bytes[at++] = (byte) element.id();
      bytes[at++] = (byte) element.data().length;
      System.arraycopy(element.data(), 0, bytes, at, element.data().length);
      at += element.data().length;
    }
    return bytes;
  }

  /** Which part it says this is, where it does. */
  public Optional<Part> part() {
    for (Element element : elements) {
      byte[] data = element.data();
      if (element.id() == CONCATENATION_8 && data.length == 3) {
        return Optional.of(new Part(data[0] & 0xFF, 8, data[1] & 0xFF, data[2] & 0xFF));
      }
      if (element.id() == CONCATENATION_16 && data.length == 4) {
        int reference = (data[0] & 0xFF) << 8 | (data[1] & 0xFF);
        return Optional.of(new Part(reference, 16, data[2] & 0xFF, data[3] & 0xFF));
      }
    }
    return Optional.empty();
  }

  /** The language of the main table. */
  public Language locking() {
    return language(LOCKING_SHIFT);
  }

  /** The language of the table after an escape. */
  public Language single() {
    return language(SINGLE_SHIFT);
  }

  private Language language(int id) {
    for (Element element : elements) {
      if (element.id() == id && element.data().length == 1) {
        return Language.of(element.data()[0] & 0xFF);
      }
    }
    return Language.DEFAULT;
  }
}
