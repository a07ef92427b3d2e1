package dev.assay.smpp.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Writes PDUs one after another into a buffer that grows and is used again. Not thread-safe. Its
 * buffer is {@link #bytes()} up to {@link #length()} until the next write.
 */
public final class PduEncoder {

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final int MOST = 255;

  private byte[] bytes;
  private int length;

  /** One whose buffer begins with room for so many bytes. */
  public PduEncoder(int room) {
    bytes = new byte[Math.max(Frame.HEADER, room)];
  }

  /** The buffer. */
  public byte[] bytes() {
    return bytes;
  }

  /** How much of the buffer is written. */
  public int length() {
    return length;
  }

  /** Forgets all that is written. */
  public void clear() {
    length = 0;
  }

  /** Gives the buffer back to the machine where it has grown beyond a size. */
  public void shrink(int most) {
    if (bytes.length > most && length == 0) {
      bytes = new byte[most];
    }
  }

  /** Writes a PDU that is only a header. */
  public void header(int commandId, int status, int sequence) {
    room(Frame.HEADER);
    put(Frame.HEADER, commandId, status, sequence);
    length += Frame.HEADER;
  }

  /** Writes an answer whose body is one text, such as the id of a message. */
  public void answer(int commandId, int sequence, String text) {
    int size = Frame.HEADER + text.length() + 1;
    room(size);
    put(size, commandId, Status.ROK, sequence);
    latin(text, length + Frame.HEADER);
    bytes[length + size - 1] = 0;
    length += size;
  }

  /** Writes an answer whose body is a number in decimal, the id of a message. */
  public void answer(int commandId, int sequence, long id) {
    int digits = 1;
    for (long rest = id / 10; rest > 0; rest /= 10) {
      digits++;
    }
    int size = Frame.HEADER + digits + 1;
    room(size);
    put(size, commandId, Status.ROK, sequence);
    int at = length + size - 1;
    bytes[at] = 0;
    long rest = id;
    for (int i = 0; i < digits; i++) {
      bytes[--at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += size;
  }

  /** Writes bytes that are a PDU, with another sequence number. */
  public void raw(byte[] pdu, int sequence) {
    room(pdu.length);
    System.arraycopy(pdu, 0, bytes, length, pdu.length);
    INT.set(bytes, length + 12, sequence);
    length += pdu.length;
  }

  /** Writes bytes as they are, PDU or not. */
  public void raw(byte[] any) {
    room(any.length);
    System.arraycopy(any, 0, bytes, length, any.length);
    length += any.length;
  }

  /** Writes a PDU. */
  public void write(Pdu pdu) {
    int start = length;
    room(Frame.HEADER);
    length += Frame.HEADER;
    if (pdu.hasBody()) {
      for (Field field : pdu.command().fields()) {
        Object value = pdu.value(field);
        if (value != null) {
          value(value);
        }
      }
    }
    for (Tlv tlv : pdu.tlvs()) {
      room(4 + tlv.value().length);
      two(tlv.tag());
      two(tlv.value().length);
      System.arraycopy(tlv.value(), 0, bytes, length, tlv.value().length);
      length += tlv.value().length;
    }
    int size = length - start;
    length = start;
    put(size, pdu.command().id(), pdu.status(), pdu.sequence());
    length = start + size;
  }

  private void value(Object value) {
    switch (value) {
      case Integer number -> one(number);
      case String text -> text(text);
      case byte[] octets -> {
        one(octets.length);
        room(octets.length);
        System.arraycopy(octets, 0, bytes, length, octets.length);
        length += octets.length;
      }
      case List<?> list -> {
        one(list.size());
        list.forEach(this::item);
      }
      default -> throw new IllegalStateException("no field is " + value.getClass());
    }
  }

  private void item(Object item) {
    switch (item) {
      case Destination.Address address -> {
        one(1);
        address(address.ton(), address.npi(), address.address());
      }
      case Destination.DistributionList list -> {
        one(2);
        text(list.name());
      }
      case Failure failure -> {
        address(failure.ton(), failure.npi(), failure.address());
        two(failure.status() >>> 16);
        two(failure.status());
      }
      default -> throw new IllegalStateException("no list holds " + item.getClass());
    }
  }

  private void address(int ton, int npi, String address) {
    one(ton);
    one(npi);
    text(address);
  }

  private void text(String text) {
    room(text.length() + 1);
    latin(text, length);
    length += text.length();
    bytes[length++] = 0;
  }

  private void latin(String text, int at) {
    for (int i = 0; i < text.length(); i++) {
      bytes[at + i] = (byte) text.charAt(i);
    }
  }

  private void one(int value) {
    room(1);
    bytes[length++] = (byte) value;
  }

  private void two(int value) {
    room(2);
    bytes[length++] = (byte) (value >> 8);
    bytes[length++] = (byte) value;
  }

  private void put(int size, int commandId, int status, int sequence) {
    INT.set(bytes, length, size);
    INT.set(bytes, length + 4, commandId);
    INT.set(bytes, length + 8, status);
    INT.set(bytes, length + 12, sequence);
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }

  /** Refuses a value that the wire cannot say. */
  static void check(Field field, Object value) {
    boolean fits =
        switch (value) {
          case Integer number -> number >= 0 && number <= MOST;
          case String text -> fits(text, field.longest());
          case byte[] octets -> octets.length <= field.longest();
          case List<?> list -> list.size() <= MOST && list.stream().allMatch(PduEncoder::fits);
          default -> false;
        };
    if (!fits) {
      throw new IllegalArgumentException(field.wireName() + " cannot be " + shown(value));
    }
  }

  private static String shown(Object value) {
    return switch (value) {
      case byte[] octets -> octets.length + " bytes long";
      case List<?> list -> "a list of " + list.size() + " such items";
      default -> "'" + value + "'";
    };
  }

  private static boolean fits(Object item) {
    return switch (item) {
      case Destination.Address address ->
          fits(address.ton(), address.npi()) && fits(address.address(), 21);
      case Destination.DistributionList list -> fits(list.name(), 21);
      case Failure failure -> fits(failure.ton(), failure.npi()) && fits(failure.address(), 21);
      default -> false;
    };
  }

  private static boolean fits(int ton, int npi) {
    return ton >= 0 && ton <= MOST && npi >= 0 && npi <= MOST;
  }

  private static boolean fits(String text, int longest) {
    if (text.length() >= longest) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || c > MOST) {
        return false;
      }
    }
    return true;
  }
}
