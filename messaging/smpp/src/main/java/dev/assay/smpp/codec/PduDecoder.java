package dev.assay.smpp.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads PDUs. Allocates no more than the bytes that are there call for, and throws {@link
 * MalformedPduException} for whatever is no PDU, never another exception.
 */
public final class PduDecoder {

  private final byte[] bytes;
  private final int end;
  private int at;

  private PduDecoder(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /** The PDU that is all of the bytes. */
  public static Pdu decode(byte[] bytes) {
    return decode(bytes, 0, bytes.length);
  }

  /** The PDU that is so many bytes from a place on. */
  public static Pdu decode(byte[] bytes, int from, int length) {
    if (length < Frame.HEADER) {
      throw MalformedPduException.inHeader(
          Status.RINVCMDLEN, "a PDU of " + length + " bytes is shorter than its header of 16");
    }
    int said = Frame.lengthAt(bytes, from);
    if (said != length) {
      throw MalformedPduException.inHeader(
          Status.RINVCMDLEN,
          "command_length says "
              + Integer.toUnsignedString(said)
              + ", but "
              + length
              + " bytes are there");
    }
    Frame frame = new Frame().show(bytes, from, length);
    Command command = frame.command();
    if (command == null) {
      throw MalformedPduException.inHeader(
          Status.RINVCMDID, String.format("command_id 0x%08X is unknown", frame.commandId()));
    }
    int body = from + Frame.HEADER;
    if (length == Frame.HEADER && command.response()) {
      return Pdu.header(command, frame.status(), frame.sequence());
    }
    PduDecoder decoder = new PduDecoder(bytes, body, from + length);
    Object[] values = new Object[command.fields().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = decoder.value(command.fields().get(i));
    }
    List<Tlv> tlvs = decoder.tlvs(command);
    return new Pdu(command, frame.status(), frame.sequence(), true, values, tlvs);
  }

  private Object value(Field field) {
    return switch (field.kind()) {
      case BYTE -> one(field.wireName());
      case TEXT -> text(field.wireName(), field.longest(), field.error());
      case OCTETS -> octets(field);
      case DESTINATIONS -> destinations();
      case FAILURES -> failures();
    };
  }

  private int one(String name) {
    if (at >= end) {
      throw MalformedPduException.inHeader(
          Status.RINVCMDLEN, "the PDU ends before " + name + ", so command_length is too short");
    }
    return bytes[at++] & 0xFF;
  }

  private String text(String name, int longest, int error) {
    int start = at;
    int limit = Math.min(end, start + longest);
    while (at < limit && bytes[at] != 0) {
      at++;
    }
    if (at == end) {
      throw MalformedPduException.inHeader(
          Status.RINVCMDLEN, "the PDU ends within " + name + ", which no NUL ends");
    }
    if (at == limit) {
      throw MalformedPduException.inBody(
          error, name + " is longer than " + (longest - 1) + " characters");
    }
    return latin(bytes, start, at++);
  }

  static String latin(byte[] bytes, int start, int stop) {
    return start == stop ? "" : new String(bytes, start, stop - start, StandardCharsets.ISO_8859_1);
  }

  private byte[] octets(Field field) {
    int length = one("sm_length");
    if (length > end - at) {
      throw MalformedPduException.inBody(
          field.error(), "sm_length says " + length + ", but " + (end - at) + " bytes are left");
    }
    byte[] octets = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return octets;
  }

  private List<Destination> destinations() {
    int count = one("number_of_dests");
    List<Destination> all = new ArrayList<>(Math.min(count, end - at));
    for (int i = 0; i < count; i++) {
      int flag = one("dest_flag");
      switch (flag) {
        case 1 ->
            all.add(
                new Destination.Address(
                    one("dest_addr_ton"),
                    one("dest_addr_npi"),
                    text("destination_addr", 21, Status.RINVDSTADR)));
        case 2 -> all.add(new Destination.DistributionList(text("dl_name", 21, Status.RINVDLNAME)));
        default ->
            throw MalformedPduException.inBody(
                Status.RINVDESTFLAG, "dest_flag " + flag + " is neither 1 nor 2");
      }
    }
    return List.copyOf(all);
  }

  private List<Failure> failures() {
    int count = one("no_unsuccess");
    List<Failure> all = new ArrayList<>(Math.min(count, end - at));
    for (int i = 0; i < count; i++) {
      int ton = one("dest_addr_ton");
      int npi = one("dest_addr_npi");
      String address = text("destination_addr", 21, Status.RINVDSTADR);
      int status = 0;
      for (int each = 0; each < 4; each++) {
        status = status << 8 | one("error_status_code");
      }
      all.add(new Failure(ton, npi, address, status));
    }
    return List.copyOf(all);
  }

  private List<Tlv> tlvs(Command command) {
    if (at == end) {
      return List.of();
    }
    if (!command.extensible()) {
      throw MalformedPduException.inHeader(
          Status.RINVCMDLEN,
          command.wireName() + " is a header only, but " + (end - at) + " bytes follow");
    }
    List<Tlv> all = new ArrayList<>();
    while (at < end) {
      if (end - at < 4) {
        throw MalformedPduException.inBody(
            Status.RINVTLVSTREAM,
            (end - at) + " bytes are left, too few for an optional parameter");
      }
      int tag = (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
      int length = (bytes[at + 2] & 0xFF) << 8 | (bytes[at + 3] & 0xFF);
      at += 4;
      if (length > end - at) {
        throw MalformedPduException.inBody(
            Status.RINVTLVSTREAM,
            String.format(
                "the optional parameter 0x%04X says %d bytes, but %d are left",
                tag, length, end - at));
      }
      all.add(new Tlv(tag, Arrays.copyOfRange(bytes, at, at + length)));
      at += length;
    }
    return all;
  }
}
