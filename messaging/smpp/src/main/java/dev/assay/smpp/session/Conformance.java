package dev.assay.smpp.session;

import dev.assay.smpp.codec.Command;
import dev.assay.smpp.codec.Field;
import dev.assay.smpp.codec.MessageFields;
import dev.assay.smpp.codec.Pdu;
import dev.assay.smpp.codec.Status;
import dev.assay.smpp.codec.Tag;
import dev.assay.smpp.codec.Tlv;
import java.util.List;

/**
 * What the specification says of the values of a request, beyond how they are on the wire; the
 * answer is the status that says what is wrong.
 */
final class Conformance {

  private static final int TON_MOST = 6;
  private static final int NPI_MOST = 18;
  private static final int PRIORITY_MOST = 4;
  private static final int REGISTERED_MOST = 0x1F;
  private static final int TYPE = 0x3C;
  private static final int TIME = 16;
  private static final int VERSION_5 = 0x50;
  private static final int LENGTH_34 = 254;

  private Conformance() {}

  /** Of a submit_sm or deliver_sm, without its optional parameters. */
  static int of(MessageFields fields, int version) {
    if (fields.sourceTon() > TON_MOST) {
      return Status.RINVSRCTON;
    }
    if (fields.sourceNpi() > NPI_MOST) {
      return Status.RINVSRCNPI;
    }
    if (fields.destinationTon() > TON_MOST) {
      return Status.RINVDSTTON;
    }
    if (fields.destinationNpi() > NPI_MOST) {
      return Status.RINVDSTNPI;
    }
    if (!fields.hasDestination()) {
      return Status.RINVDSTADR;
    }
    int flags =
        flags(
            fields.esmClass(),
            fields.priority(),
            fields.registeredDelivery(),
            fields.replaceIfPresent());
    if (flags != Status.ROK) {
      return flags;
    }
    String schedule = fields.schedule();
    String validity = fields.validity();
    if (!schedule.isEmpty() && !time(schedule)) {
      return Status.RINVSCHED;
    }
    if (!validity.isEmpty() && !time(validity)) {
      return Status.RINVEXPIRY;
    }
    return fields.messageLength() > LENGTH_34 && version < VERSION_5
        ? Status.RINVMSGLEN
        : Status.ROK;
  }

  /** Of any request, as a whole. */
  static int of(Pdu pdu) {
    int mandatory = mandatory(pdu);
    return mandatory != Status.ROK ? mandatory : optional(pdu);
  }

  private static int mandatory(Pdu pdu) {
    for (Field field : pdu.command().fields()) {
      int number = pdu.number(field);
      boolean wrong =
          switch (field) {
            case SOURCE_ADDR_TON, DEST_ADDR_TON, ESME_ADDR_TON -> number > TON_MOST;
            case SOURCE_ADDR_NPI, DEST_ADDR_NPI, ESME_ADDR_NPI -> number > NPI_MOST;
            case SCHEDULE_DELIVERY_TIME, VALIDITY_PERIOD ->
                !pdu.text(field).isEmpty() && !time(pdu.text(field));
            case DEST_ADDRESS -> pdu.destinations().isEmpty();
            case DESTINATION_ADDR, DESTINATION_ADDR_LONG ->
                pdu.command() != Command.CANCEL_SM && pdu.text(field).isEmpty();
            default -> false;
          };
      if (wrong) {
        return field.error();
      }
    }
    return flags(
        pdu.number(Field.ESM_CLASS),
        pdu.number(Field.PRIORITY_FLAG),
        pdu.number(Field.REGISTERED_DELIVERY),
        pdu.number(Field.REPLACE_IF_PRESENT_FLAG));
  }

  private static int flags(int esmClass, int priority, int registered, int replace) {
    boolean typed =
        switch (esmClass & TYPE) {
          case 0x00, 0x04, 0x08, 0x10, 0x18, 0x20 -> true;
          default -> false;
        };
    if (!typed) {
      return Status.RINVESMCLASS;
    }
    if (priority > PRIORITY_MOST) {
      return Status.RINVPRTFLG;
    }
    if (registered > REGISTERED_MOST) {
      return Status.RINVREGDLVFLG;
    }
    return replace > 1 ? Status.RINVREPFLAG : Status.ROK;
  }

  /** Of the optional parameters of any request. */
  static int optional(Pdu pdu) {
    for (Tlv tlv : pdu.tlvs()) {
      Tag tag = Tag.of(tlv.tag());
      int length = tlv.value().length;
      if (tag != null && (length < tag.shortest() || length > tag.longest())) {
        return Status.RINVTLVLEN;
      }
    }
    boolean payload = pdu.tlv(Tag.MESSAGE_PAYLOAD).isPresent();
    if (payload && pdu.octets(Field.SHORT_MESSAGE).length > 0) {
      return Status.RTLVNOTALLWD;
    }
    long sar =
        List.of(Tag.SAR_MSG_REF_NUM, Tag.SAR_TOTAL_SEGMENTS, Tag.SAR_SEGMENT_SEQNUM).stream()
            .filter(tag -> pdu.tlv(tag).isPresent())
            .count();
    if (sar == 1 || sar == 2) {
      return Status.RMISSINGTLV;
    }
    if (sar == 3) {
      long total = pdu.tlv(Tag.SAR_TOTAL_SEGMENTS).map(Tlv::number).orElse(0L);
      long part = pdu.tlv(Tag.SAR_SEGMENT_SEQNUM).map(Tlv::number).orElse(0L);
      if (part < 1 || part > total) {
        return Status.RINVTLVVAL;
      }
    }
    return pdu.command() == Command.BROADCAST_SM && !broadcasts(pdu)
        ? Status.RMISSINGTLV
        : Status.ROK;
  }

  private static boolean broadcasts(Pdu pdu) {
    return List.of(
            Tag.BROADCAST_AREA_IDENTIFIER,
            Tag.BROADCAST_CONTENT_TYPE,
            Tag.BROADCAST_REP_NUM,
            Tag.BROADCAST_FREQUENCY_INTERVAL)
        .stream()
        .allMatch(tag -> pdu.tlv(tag).isPresent());
  }

  /** Whether it is a time as section 4.7.23 writes them: YYMMDDhhmmsstnnp, p being +, - or R. */
  static boolean time(String text) {
    if (text.length() != TIME) {
      return false;
    }
    for (int i = 0; i < TIME - 1; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    char kind = text.charAt(TIME - 1);
    if (kind == 'R') {
      return true;
    }
    int month = two(text, 2);
    int day = two(text, 4);
    return (kind == '+' || kind == '-')
        && month >= 1
        && month <= 12
        && day >= 1
        && day <= 31
        && two(text, 6) <= 23
        && two(text, 8) <= 59
        && two(text, 10) <= 59
        && two(text, 13) <= 48;
  }

  private static int two(String text, int at) {
    return (text.charAt(at) - '0') * 10 + text.charAt(at + 1) - '0';
  }
}
