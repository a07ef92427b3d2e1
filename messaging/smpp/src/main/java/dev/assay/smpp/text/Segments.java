package dev.assay.smpp.text;

import dev.assay.smpp.codec.Command;
import dev.assay.smpp.codec.Field;
import dev.assay.smpp.codec.Pdu;
import dev.assay.smpp.codec.Tag;
import dev.assay.smpp.codec.Tlv;
import java.util.ArrayList;
import java.util.List;

/**
 * A text in parts. Immutable.
 *
 * @param encoding how its characters are coded
 * @param join how the receiver puts the parts together
 * @param reference what all parts share
 * @param locking whose main table the GSM alphabet has
 * @param single whose table after an escape
 * @param parts at least one
 * @param replaced what smart encoding replaced
 */
public record Segments(
    Encoding encoding,
    Join join,
    int reference,
    Language locking,
    Language single,
    List<Segment> parts,
    List<SmartCharacters.Replacement> replaced) {

  private static final int HEADER_INDICATOR = 0x40;

  /** Copies the lists. */
  public Segments {
    parts = List.copyOf(parts);
    replaced = List.copyOf(replaced);
  }

  /** How the parts of a text find each other. */
  public enum Join {
    /** By a user data header with a reference of 8 bits. */
    UDH8,
    /** By a user data header with a reference of 16 bits. */
    UDH16,
    /** By the sar_ optional parameters, of which the message centre makes a header. */
    SAR,
    /** There is one part in message_payload, which the message centre divides. */
    PAYLOAD
  }

  /** The submit_sm of each part, made of one that has all but the message. */
  public List<Pdu> submits(Pdu template) {
    if (template.command() != Command.SUBMIT_SM && template.command() != Command.DELIVER_SM) {
      throw new IllegalArgumentException(template.command().wireName() + " has no text");
    }
    List<Pdu> all = new ArrayList<>();
    for (Segment part : parts) {
      Pdu.Builder pdu = template.with().set(Field.DATA_CODING, encoding.dataCoding());
      if (part.header().length > 0) {
        pdu.set(Field.ESM_CLASS, template.number(Field.ESM_CLASS) | HEADER_INDICATOR);
      }
      if (join == Join.PAYLOAD) {
        pdu.add(new Tlv(Tag.MESSAGE_PAYLOAD.code(), part.shortMessage()));
      } else {
        pdu.set(Field.SHORT_MESSAGE, part.shortMessage());
      }
      if (join == Join.SAR && parts.size() > 1) {
        pdu.add(Tlv.number(Tag.SAR_MSG_REF_NUM, reference))
            .add(Tlv.number(Tag.SAR_TOTAL_SEGMENTS, parts.size()))
            .add(Tlv.number(Tag.SAR_SEGMENT_SEQNUM, part.part()));
      }
      all.add(pdu.build());
    }
    return all;
  }
}
