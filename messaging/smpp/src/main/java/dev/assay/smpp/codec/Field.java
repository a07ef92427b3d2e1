package dev.assay.smpp.codec;

import java.util.Locale;

/**
 * The mandatory parameters of all PDUs (SMPP 5.0, section 4.7), with how they are on the wire, the
 * longest they may be, and the error that one out of its bounds is answered with.
 */
public enum Field {
  /** Who binds. */
  SYSTEM_ID(Kind.TEXT, 16, Status.RINVSYSID),
  /** With which password. */
  PASSWORD(Kind.TEXT, 9, Status.RINVPASWD),
  /** What kind of system binds. */
  SYSTEM_TYPE(Kind.TEXT, 13, Status.RINVSYSTYP),
  /** The version of the protocol: 0x34, 0x50. */
  INTERFACE_VERSION(Kind.BYTE, 1, Status.RSYSERR),
  /** Type of number of the addresses of who binds. */
  ADDR_TON(Kind.BYTE, 1, Status.RSYSERR),
  /** Numbering plan of the addresses of who binds. */
  ADDR_NPI(Kind.BYTE, 1, Status.RSYSERR),
  /** The addresses of who binds, a regular expression. */
  ADDRESS_RANGE(Kind.TEXT, 41, Status.RBINDFAIL),
  /** The service that a message is of. */
  SERVICE_TYPE(Kind.TEXT, 6, Status.RINVSERTYP),
  /** Type of number of the source. */
  SOURCE_ADDR_TON(Kind.BYTE, 1, Status.RINVSRCTON),
  /** Numbering plan of the source. */
  SOURCE_ADDR_NPI(Kind.BYTE, 1, Status.RINVSRCNPI),
  /** The source; up to 20 characters. */
  SOURCE_ADDR(Kind.TEXT, 21, Status.RINVSRCADR),
  /** The source in data_sm and alert_notification; up to 64 characters. */
  SOURCE_ADDR_LONG(Kind.TEXT, 65, Status.RINVSRCADR),
  /** Type of number of the destination. */
  DEST_ADDR_TON(Kind.BYTE, 1, Status.RINVDSTTON),
  /** Numbering plan of the destination. */
  DEST_ADDR_NPI(Kind.BYTE, 1, Status.RINVDSTNPI),
  /** The destination; up to 20 characters. */
  DESTINATION_ADDR(Kind.TEXT, 21, Status.RINVDSTADR),
  /** The destination in data_sm; up to 64 characters. */
  DESTINATION_ADDR_LONG(Kind.TEXT, 65, Status.RINVDSTADR),
  /** Type of number of the ESME that is alerted. */
  ESME_ADDR_TON(Kind.BYTE, 1, Status.RINVDSTTON),
  /** Numbering plan of the ESME that is alerted. */
  ESME_ADDR_NPI(Kind.BYTE, 1, Status.RINVDSTNPI),
  /** The ESME that is alerted. */
  ESME_ADDR(Kind.TEXT, 65, Status.RINVDSTADR),
  /** Many destinations: a count and as many addresses or names of distribution lists. */
  DEST_ADDRESS(Kind.DESTINATIONS, 0, Status.RINVNUMDESTS),
  /** Mode and type of a message. */
  ESM_CLASS(Kind.BYTE, 1, Status.RINVESMCLASS),
  /** The protocol that the message is of, GSM's TP-PID. */
  PROTOCOL_ID(Kind.BYTE, 1, Status.RSYSERR),
  /** How urgent it is. */
  PRIORITY_FLAG(Kind.BYTE, 1, Status.RINVPRTFLG),
  /** When it is to be delivered. */
  SCHEDULE_DELIVERY_TIME(Kind.TEXT, 17, Status.RINVSCHED),
  /** Until when. */
  VALIDITY_PERIOD(Kind.TEXT, 17, Status.RINVEXPIRY),
  /** Which receipts are wanted. */
  REGISTERED_DELIVERY(Kind.BYTE, 1, Status.RINVREGDLVFLG),
  /** Whether it replaces one that waits. */
  REPLACE_IF_PRESENT_FLAG(Kind.BYTE, 1, Status.RINVREPFLAG),
  /** The character set. */
  DATA_CODING(Kind.BYTE, 1, Status.RINVDCS),
  /** A text that the message centre has, instead of one sent. */
  SM_DEFAULT_MSG_ID(Kind.BYTE, 1, Status.RINVDFTMSGID),
  /** The message, led by sm_length. */
  SHORT_MESSAGE(Kind.OCTETS, 255, Status.RINVMSGLEN),
  /** The id that the message centre gave a message. */
  MESSAGE_ID(Kind.TEXT, 65, Status.RINVMSGID),
  /** When a message reached its final state. */
  FINAL_DATE(Kind.TEXT, 17, Status.RSYSERR),
  /** Its state. */
  MESSAGE_STATE(Kind.BYTE, 1, Status.RSYSERR),
  /** Why it failed. */
  ERROR_CODE(Kind.BYTE, 1, Status.RSYSERR),
  /** Those of many destinations that were refused. */
  UNSUCCESS_SME(Kind.FAILURES, 0, Status.RSYSERR);

  /** How a parameter is on the wire. */
  public enum Kind {
    /** One unsigned byte; an {@code Integer}. */
    BYTE,
    /** A text that a NUL ends; a {@code String} of ISO 8859-1, so that every byte is kept. */
    TEXT,
    /** A byte with the length and as many bytes; a {@code byte[]}. */
    OCTETS,
    /** A byte with the number and as many {@link Destination}s. */
    DESTINATIONS,
    /** A byte with the number and as many {@link Failure}s. */
    FAILURES
  }

  private final Kind kind;
  private final int longest;
  private final int error;

  Field(Kind kind, int longest, int error) {
    this.kind = kind;
    this.longest = longest;
    this.error = error;
  }

  /** How it is on the wire. */
  public Kind kind() {
    return kind;
  }

  /** The most bytes it may take, the NUL of a text included. */
  public int longest() {
    return longest;
  }

  /** The status that answers one out of its bounds. */
  public int error() {
    return error;
  }

  /** Its name in the specification: {@code source_addr}. */
  public String wireName() {
    String name = name().toLowerCase(Locale.ROOT);
    return name.endsWith("_long") ? name.substring(0, name.length() - "_long".length()) : name;
  }
}
