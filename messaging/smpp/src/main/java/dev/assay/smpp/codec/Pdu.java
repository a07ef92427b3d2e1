package dev.assay.smpp.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One PDU with all its parameters. What is decoded and encoded again is the same bytes. Immutable,
 * with value equality: do not write to its arrays.
 */
public final class Pdu {

  private final Command command;
  private final int status;
  private final int sequence;
  private final boolean body;
  private final Object[] values;
  private final List<Tlv> tlvs;

  Pdu(Command command, int status, int sequence, boolean body, Object[] values, List<Tlv> tlvs) {
    this.command = command;
    this.status = status;
    this.sequence = sequence;
    this.body = body;
    this.values = values;
    this.tlvs = List.copyOf(tlvs);
  }

  /** Begins one. */
  public static Builder of(Command command) {
    return new Builder(command);
  }

  /** An answer that is only a header, as one with an error may be. */
  public static Pdu header(Command command, int status, int sequence) {
    return new Pdu(command, status, sequence, command.fields().isEmpty(), new Object[0], List.of());
  }

  /** Begins one that differs from this in little. */
  public Builder with() {
    Builder builder = new Builder(command).status(status).sequence(sequence);
    if (body) {
      for (int i = 0; i < values.length; i++) {
        builder.values.put(command.fields().get(i), values[i]);
      }
    }
    builder.tlvs.addAll(tlvs);
    return builder;
  }

  /** What it is. */
  public Command command() {
    return command;
  }

  /** Its status; 0 in requests. */
  public int status() {
    return status;
  }

  /** Its sequence number. */
  public int sequence() {
    return sequence;
  }

  /** Whether its mandatory parameters are there; only an answer may be without them. */
  public boolean hasBody() {
    return body;
  }

  /** The value of a parameter as it is, or null where the PDU has no such parameter. */
  public @Nullable Object value(Field field) {
    int index = command.fields().indexOf(field);
    return index < 0 || !body ? null : values[index];
  }

  /** The value of a parameter of one byte; 0 where there is none. */
  public int number(Field field) {
    return value(field) instanceof Integer number ? number : 0;
  }

  /** The value of a parameter that is a text; empty where there is none. */
  public String text(Field field) {
    return value(field) instanceof String text ? text : "";
  }

  /** The value of a parameter of bytes; empty where there is none. */
  public byte[] octets(Field field) {
    return value(field) instanceof byte[] octets ? octets : new byte[0];
  }

  /** The destinations of a submit_multi. */
  public List<Destination> destinations() {
    List<Destination> all = new ArrayList<>();
    if (value(Field.DEST_ADDRESS) instanceof List<?> list) {
      list.forEach(each -> all.add((Destination) each));
    }
    return all;
  }

  /** The destinations that a submit_multi did not reach. */
  public List<Failure> failures() {
    List<Failure> all = new ArrayList<>();
    if (value(Field.UNSUCCESS_SME) instanceof List<?> list) {
      list.forEach(each -> all.add((Failure) each));
    }
    return all;
  }

  /** Its optional parameters, in the order of the wire. */
  public List<Tlv> tlvs() {
    return tlvs;
  }

  /** The first optional parameter of a tag. */
  public Optional<Tlv> tlv(Tag tag) {
    return tlvs.stream().filter(tlv -> tlv.tag() == tag.code()).findFirst();
  }

  /** The message: message_payload where there is one, else short_message. */
  public byte[] message() {
    return tlv(Tag.MESSAGE_PAYLOAD).map(Tlv::value).orElseGet(() -> octets(Field.SHORT_MESSAGE));
  }

  /** Its bytes. */
  public byte[] encode() {
    PduEncoder encoder = new PduEncoder(256);
    encoder.write(this);
    return Arrays.copyOf(encoder.bytes(), encoder.length());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Pdu that
        && command == that.command
        && status == that.status
        && sequence == that.sequence
        && body == that.body
        && Arrays.deepEquals(values, that.values)
        && tlvs.equals(that.tlvs);
  }

  @Override
  public int hashCode() {
    return Objects.hash(command, status, sequence, Arrays.deepHashCode(values), tlvs);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(command.wireName());
    text.append(" #").append(Integer.toUnsignedString(sequence)).append(' ');
    text.append(Status.name(status));
    return text.toString();
  }

  /** Collects the parameters of a PDU. Not thread-safe. */
  public static final class Builder {
    private final Command command;
    private final Map<Field, Object> values = new EnumMap<>(Field.class);
    private final List<Tlv> tlvs = new ArrayList<>();
    private int status;
    private int sequence;

    private Builder(Command command) {
      this.command = command;
    }

    /** Sets the status. */
    public Builder status(int value) {
      status = value;
      return this;
    }

    /** Sets the sequence number. */
    public Builder sequence(int value) {
      sequence = value;
      return this;
    }

    /** Sets a parameter of one byte. */
    public Builder set(Field field, int value) {
      return put(field, Field.Kind.BYTE, value);
    }

    /** Sets a parameter that is a text; each character is a byte. */
    public Builder set(Field field, String value) {
      return put(field, Field.Kind.TEXT, value);
    }

    /** Sets a parameter of bytes. */
    public Builder set(Field field, byte[] value) {
      return put(field, Field.Kind.OCTETS, value);
    }

    /** Sets the destinations of a submit_multi. */
    public Builder destinations(List<Destination> all) {
      return put(Field.DEST_ADDRESS, Field.Kind.DESTINATIONS, List.copyOf(all));
    }

    /** Sets the destinations that a submit_multi did not reach. */
    public Builder failures(List<Failure> all) {
      return put(Field.UNSUCCESS_SME, Field.Kind.FAILURES, List.copyOf(all));
    }

    /** Adds an optional parameter. */
    public Builder add(Tlv tlv) {
      tlvs.add(tlv);
      return this;
    }

    private Builder put(Field field, Field.Kind kind, Object value) {
      if (field.kind() != kind || !command.fields().contains(field)) {
        throw new IllegalArgumentException(
            command.wireName() + " has no " + field.wireName() + " that is " + kind);
      }
      values.put(field, value);
      return this;
    }

    /**
     * The PDU; what was not set is 0 or empty.
     *
     * @throws IllegalArgumentException where a value is longer than it may be
     */
    public Pdu build() {
      List<Field> fields = command.fields();
      Object[] all = new Object[fields.size()];
      for (int i = 0; i < all.length; i++) {
        Field field = fields.get(i);
        all[i] = values.getOrDefault(field, nothing(field));
        PduEncoder.check(field, all[i]);
      }
      if (!tlvs.isEmpty() && !command.extensible()) {
        throw new IllegalArgumentException(command.wireName() + " has no optional parameters");
      }
      return new Pdu(command, status, sequence, true, all, tlvs);
    }

    private static Object nothing(Field field) {
      return switch (field.kind()) {
        case BYTE -> 0;
        case TEXT -> "";
        case OCTETS -> new byte[0];
        case DESTINATIONS, FAILURES -> List.of();
      };
    }
  }
}
