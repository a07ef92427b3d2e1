package dev.assay.smpp.codec;

import static dev.assay.smpp.codec.Field.ADDRESS_RANGE;
import static dev.assay.smpp.codec.Field.ADDR_NPI;
import static dev.assay.smpp.codec.Field.ADDR_TON;
import static dev.assay.smpp.codec.Field.DATA_CODING;
import static dev.assay.smpp.codec.Field.DESTINATION_ADDR;
import static dev.assay.smpp.codec.Field.DESTINATION_ADDR_LONG;
import static dev.assay.smpp.codec.Field.DEST_ADDRESS;
import static dev.assay.smpp.codec.Field.DEST_ADDR_NPI;
import static dev.assay.smpp.codec.Field.DEST_ADDR_TON;
import static dev.assay.smpp.codec.Field.ERROR_CODE;
import static dev.assay.smpp.codec.Field.ESME_ADDR;
import static dev.assay.smpp.codec.Field.ESME_ADDR_NPI;
import static dev.assay.smpp.codec.Field.ESME_ADDR_TON;
import static dev.assay.smpp.codec.Field.ESM_CLASS;
import static dev.assay.smpp.codec.Field.FINAL_DATE;
import static dev.assay.smpp.codec.Field.INTERFACE_VERSION;
import static dev.assay.smpp.codec.Field.MESSAGE_ID;
import static dev.assay.smpp.codec.Field.MESSAGE_STATE;
import static dev.assay.smpp.codec.Field.PASSWORD;
import static dev.assay.smpp.codec.Field.PRIORITY_FLAG;
import static dev.assay.smpp.codec.Field.PROTOCOL_ID;
import static dev.assay.smpp.codec.Field.REGISTERED_DELIVERY;
import static dev.assay.smpp.codec.Field.REPLACE_IF_PRESENT_FLAG;
import static dev.assay.smpp.codec.Field.SCHEDULE_DELIVERY_TIME;
import static dev.assay.smpp.codec.Field.SERVICE_TYPE;
import static dev.assay.smpp.codec.Field.SHORT_MESSAGE;
import static dev.assay.smpp.codec.Field.SM_DEFAULT_MSG_ID;
import static dev.assay.smpp.codec.Field.SOURCE_ADDR;
import static dev.assay.smpp.codec.Field.SOURCE_ADDR_LONG;
import static dev.assay.smpp.codec.Field.SOURCE_ADDR_NPI;
import static dev.assay.smpp.codec.Field.SOURCE_ADDR_TON;
import static dev.assay.smpp.codec.Field.SYSTEM_ID;
import static dev.assay.smpp.codec.Field.SYSTEM_TYPE;
import static dev.assay.smpp.codec.Field.UNSUCCESS_SME;
import static dev.assay.smpp.codec.Field.VALIDITY_PERIOD;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The PDUs of SMPP 3.4 and 5.0, with the mandatory parameters of each in their order. */
public enum Command {
  /** Binds to receive. */
  BIND_RECEIVER(0x0000_0001, Bind.FIELDS),
  /** Answers it. */
  BIND_RECEIVER_RESP(0x8000_0001, List.of(SYSTEM_ID)),
  /** Binds to send. */
  BIND_TRANSMITTER(0x0000_0002, Bind.FIELDS),
  /** Answers it. */
  BIND_TRANSMITTER_RESP(0x8000_0002, List.of(SYSTEM_ID)),
  /** Asks what became of a message. */
  QUERY_SM(0x0000_0003, List.of(MESSAGE_ID, SOURCE_ADDR_TON, SOURCE_ADDR_NPI, SOURCE_ADDR)),
  /** Answers it. */
  QUERY_SM_RESP(0x8000_0003, List.of(MESSAGE_ID, FINAL_DATE, MESSAGE_STATE, ERROR_CODE)),
  /** A message to a subscriber. */
  SUBMIT_SM(0x0000_0004, Message.FIELDS),
  /** Answers it. */
  SUBMIT_SM_RESP(0x8000_0004, List.of(MESSAGE_ID)),
  /** A message from a subscriber, or a receipt. */
  DELIVER_SM(0x0000_0005, Message.FIELDS),
  /** Answers it. */
  DELIVER_SM_RESP(0x8000_0005, List.of(MESSAGE_ID)),
  /** Ends the session. */
  UNBIND(0x0000_0006, List.of()),
  /** Answers it. */
  UNBIND_RESP(0x8000_0006, List.of()),
  /** Replaces a message that was not delivered yet. */
  REPLACE_SM(
      0x0000_0007,
      List.of(
          MESSAGE_ID,
          SOURCE_ADDR_TON,
          SOURCE_ADDR_NPI,
          SOURCE_ADDR,
          SCHEDULE_DELIVERY_TIME,
          VALIDITY_PERIOD,
          REGISTERED_DELIVERY,
          SM_DEFAULT_MSG_ID,
          SHORT_MESSAGE)),
  /** Answers it. */
  REPLACE_SM_RESP(0x8000_0007, List.of()),
  /** Cancels messages that were not delivered yet. */
  CANCEL_SM(
      0x0000_0008,
      List.of(
          SERVICE_TYPE,
          MESSAGE_ID,
          SOURCE_ADDR_TON,
          SOURCE_ADDR_NPI,
          SOURCE_ADDR,
          DEST_ADDR_TON,
          DEST_ADDR_NPI,
          DESTINATION_ADDR)),
  /** Answers it. */
  CANCEL_SM_RESP(0x8000_0008, List.of()),
  /** Binds to send and to receive. */
  BIND_TRANSCEIVER(0x0000_0009, Bind.FIELDS),
  /** Answers it. */
  BIND_TRANSCEIVER_RESP(0x8000_0009, List.of(SYSTEM_ID)),
  /** A message centre asks an ESME to bind. */
  OUTBIND(0x0000_000B, List.of(SYSTEM_ID, PASSWORD)),
  /** Asks whether the other end is there. */
  ENQUIRE_LINK(0x0000_0015, List.of()),
  /** Answers it. */
  ENQUIRE_LINK_RESP(0x8000_0015, List.of()),
  /** A message to many subscribers. */
  SUBMIT_MULTI(
      0x0000_0021,
      List.of(
          SERVICE_TYPE,
          SOURCE_ADDR_TON,
          SOURCE_ADDR_NPI,
          SOURCE_ADDR,
          DEST_ADDRESS,
          ESM_CLASS,
          PROTOCOL_ID,
          PRIORITY_FLAG,
          SCHEDULE_DELIVERY_TIME,
          VALIDITY_PERIOD,
          REGISTERED_DELIVERY,
          REPLACE_IF_PRESENT_FLAG,
          DATA_CODING,
          SM_DEFAULT_MSG_ID,
          SHORT_MESSAGE)),
  /** Answers it. */
  SUBMIT_MULTI_RESP(0x8000_0021, List.of(MESSAGE_ID, UNSUCCESS_SME)),
  /** A subscriber has come back. */
  ALERT_NOTIFICATION(
      0x0000_0102,
      List.of(
          SOURCE_ADDR_TON,
          SOURCE_ADDR_NPI,
          SOURCE_ADDR_LONG,
          ESME_ADDR_TON,
          ESME_ADDR_NPI,
          ESME_ADDR)),
  /** A message in either direction with little that is mandatory. */
  DATA_SM(
      0x0000_0103,
      List.of(
          SERVICE_TYPE,
          SOURCE_ADDR_TON,
          SOURCE_ADDR_NPI,
          SOURCE_ADDR_LONG,
          DEST_ADDR_TON,
          DEST_ADDR_NPI,
          DESTINATION_ADDR_LONG,
          ESM_CLASS,
          REGISTERED_DELIVERY,
          DATA_CODING)),
  /** Answers it. */
  DATA_SM_RESP(0x8000_0103, List.of(MESSAGE_ID)),
  /** A message to everyone in an area. */
  BROADCAST_SM(
      0x0000_0111,
      List.of(
          SERVICE_TYPE,
          SOURCE_ADDR_TON,
          SOURCE_ADDR_NPI,
          SOURCE_ADDR,
          MESSAGE_ID,
          PRIORITY_FLAG,
          SCHEDULE_DELIVERY_TIME,
          VALIDITY_PERIOD,
          REPLACE_IF_PRESENT_FLAG,
          DATA_CODING,
          SM_DEFAULT_MSG_ID)),
  /** Answers it. */
  BROADCAST_SM_RESP(0x8000_0111, List.of(MESSAGE_ID)),
  /** Asks what became of a broadcast. */
  QUERY_BROADCAST_SM(
      0x0000_0112, List.of(MESSAGE_ID, SOURCE_ADDR_TON, SOURCE_ADDR_NPI, SOURCE_ADDR)),
  /** Answers it. */
  QUERY_BROADCAST_SM_RESP(0x8000_0112, List.of(MESSAGE_ID)),
  /** Cancels a broadcast. */
  CANCEL_BROADCAST_SM(
      0x0000_0113,
      List.of(SERVICE_TYPE, MESSAGE_ID, SOURCE_ADDR_TON, SOURCE_ADDR_NPI, SOURCE_ADDR)),
  /** Answers it. */
  CANCEL_BROADCAST_SM_RESP(0x8000_0113, List.of()),
  /** Refuses a PDU whose header is wrong. */
  GENERIC_NACK(0x8000_0000, List.of());

  /** What all three binds have. */
  private static final class Bind {
    static final List<Field> FIELDS =
        List.of(
            SYSTEM_ID, PASSWORD, SYSTEM_TYPE, INTERFACE_VERSION, ADDR_TON, ADDR_NPI, ADDRESS_RANGE);
  }

  /** What submit_sm and deliver_sm have. */
  private static final class Message {
    static final List<Field> FIELDS =
        List.of(
            SERVICE_TYPE,
            SOURCE_ADDR_TON,
            SOURCE_ADDR_NPI,
            SOURCE_ADDR,
            DEST_ADDR_TON,
            DEST_ADDR_NPI,
            DESTINATION_ADDR,
            ESM_CLASS,
            PROTOCOL_ID,
            PRIORITY_FLAG,
            SCHEDULE_DELIVERY_TIME,
            VALIDITY_PERIOD,
            REGISTERED_DELIVERY,
            REPLACE_IF_PRESENT_FLAG,
            DATA_CODING,
            SM_DEFAULT_MSG_ID,
            SHORT_MESSAGE);
  }

  /** The bit that tells an answer from a request. */
  public static final int RESPONSE = 0x8000_0000;

  private final int id;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Field> fields;

  Command(int id, List<Field> fields) {
    this.id = id;
    this.fields = fields;
  }

  /** Its id on the wire. */
  public int id() {
    return id;
  }

  /** Its mandatory parameters in order. */
  public List<Field> fields() {
    return fields;
  }

  /** Whether it answers another. */
  public boolean response() {
    return id < 0;
  }

  /** Whether optional parameters may follow; PDUs that are only a header end with it. */
  public boolean extensible() {
    return switch (this) {
      case UNBIND, UNBIND_RESP, ENQUIRE_LINK, ENQUIRE_LINK_RESP, GENERIC_NACK -> false;
      default -> true;
    };
  }

  /** What answers it, or null where nothing does. */
  public @Nullable Command answer() {
    return response() ? null : of(id | RESPONSE);
  }

  /** Whether it is one of the three binds. */
  public boolean bind() {
    return this == BIND_RECEIVER || this == BIND_TRANSMITTER || this == BIND_TRANSCEIVER;
  }

  /** Its name in the specification: {@code submit_sm}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The command of that id, or null where there is none. */
  public static @Nullable Command of(int id) {
    return switch (id) {
      case 0x0000_0001 -> BIND_RECEIVER;
      case 0x8000_0001 -> BIND_RECEIVER_RESP;
      case 0x0000_0002 -> BIND_TRANSMITTER;
      case 0x8000_0002 -> BIND_TRANSMITTER_RESP;
      case 0x0000_0003 -> QUERY_SM;
      case 0x8000_0003 -> QUERY_SM_RESP;
      case 0x0000_0004 -> SUBMIT_SM;
      case 0x8000_0004 -> SUBMIT_SM_RESP;
      case 0x0000_0005 -> DELIVER_SM;
      case 0x8000_0005 -> DELIVER_SM_RESP;
      case 0x0000_0006 -> UNBIND;
      case 0x8000_0006 -> UNBIND_RESP;
      case 0x0000_0007 -> REPLACE_SM;
      case 0x8000_0007 -> REPLACE_SM_RESP;
      case 0x0000_0008 -> CANCEL_SM;
      case 0x8000_0008 -> CANCEL_SM_RESP;
      case 0x0000_0009 -> BIND_TRANSCEIVER;
      case 0x8000_0009 -> BIND_TRANSCEIVER_RESP;
      case 0x0000_000B -> OUTBIND;
      case 0x0000_0015 -> ENQUIRE_LINK;
      case 0x8000_0015 -> ENQUIRE_LINK_RESP;
      case 0x0000_0021 -> SUBMIT_MULTI;
      case 0x8000_0021 -> SUBMIT_MULTI_RESP;
      case 0x0000_0102 -> ALERT_NOTIFICATION;
      case 0x0000_0103 -> DATA_SM;
      case 0x8000_0103 -> DATA_SM_RESP;
      case 0x0000_0111 -> BROADCAST_SM;
      case 0x8000_0111 -> BROADCAST_SM_RESP;
      case 0x0000_0112 -> QUERY_BROADCAST_SM;
      case 0x8000_0112 -> QUERY_BROADCAST_SM_RESP;
      case 0x0000_0113 -> CANCEL_BROADCAST_SM;
      case 0x8000_0113 -> CANCEL_BROADCAST_SM_RESP;
      case 0x8000_0000 -> GENERIC_NACK;
      default -> null;
    };
  }
}
