package dev.assay.smpp.codec;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The optional parameters that SMPP 3.4 (section 5.3) and 5.0 (section 4.8) know, with the lengths
 * that they may have.
 */
public enum Tag {
  /** dest_addr_subunit. */
  DEST_ADDR_SUBUNIT(0x0005, Kind.NUMBER, 1, 1),
  /** dest_network_type. */
  DEST_NETWORK_TYPE(0x0006, Kind.NUMBER, 1, 1),
  /** dest_bearer_type. */
  DEST_BEARER_TYPE(0x0007, Kind.NUMBER, 1, 1),
  /** dest_telematics_id. */
  DEST_TELEMATICS_ID(0x0008, Kind.NUMBER, 2, 2),
  /** source_addr_subunit. */
  SOURCE_ADDR_SUBUNIT(0x000D, Kind.NUMBER, 1, 1),
  /** source_network_type. */
  SOURCE_NETWORK_TYPE(0x000E, Kind.NUMBER, 1, 1),
  /** source_bearer_type. */
  SOURCE_BEARER_TYPE(0x000F, Kind.NUMBER, 1, 1),
  /** source_telematics_id. */
  SOURCE_TELEMATICS_ID(0x0010, Kind.NUMBER, 1, 1),
  /** qos_time_to_live. */
  QOS_TIME_TO_LIVE(0x0017, Kind.NUMBER, 4, 4),
  /** payload_type. */
  PAYLOAD_TYPE(0x0019, Kind.NUMBER, 1, 1),
  /** additional_status_info_text. */
  ADDITIONAL_STATUS_INFO_TEXT(0x001D, Kind.TEXT, 1, 256),
  /** receipted_message_id. */
  RECEIPTED_MESSAGE_ID(0x001E, Kind.TEXT, 1, 65),
  /** ms_msg_wait_facilities. */
  MS_MSG_WAIT_FACILITIES(0x0030, Kind.NUMBER, 1, 1),
  /** privacy_indicator. */
  PRIVACY_INDICATOR(0x0201, Kind.NUMBER, 1, 1),
  /** source_subaddress. */
  SOURCE_SUBADDRESS(0x0202, Kind.OCTETS, 2, 23),
  /** dest_subaddress. */
  DEST_SUBADDRESS(0x0203, Kind.OCTETS, 2, 23),
  /** user_message_reference. */
  USER_MESSAGE_REFERENCE(0x0204, Kind.NUMBER, 2, 2),
  /** user_response_code. */
  USER_RESPONSE_CODE(0x0205, Kind.NUMBER, 1, 1),
  /** source_port. */
  SOURCE_PORT(0x020A, Kind.NUMBER, 2, 2),
  /** destination_port. */
  DESTINATION_PORT(0x020B, Kind.NUMBER, 2, 2),
  /** sar_msg_ref_num. */
  SAR_MSG_REF_NUM(0x020C, Kind.NUMBER, 2, 2),
  /** language_indicator. */
  LANGUAGE_INDICATOR(0x020D, Kind.NUMBER, 1, 1),
  /** sar_total_segments. */
  SAR_TOTAL_SEGMENTS(0x020E, Kind.NUMBER, 1, 1),
  /** sar_segment_seqnum. */
  SAR_SEGMENT_SEQNUM(0x020F, Kind.NUMBER, 1, 1),
  /** sc_interface_version. */
  SC_INTERFACE_VERSION(0x0210, Kind.NUMBER, 1, 1),
  /** callback_num_pres_ind. */
  CALLBACK_NUM_PRES_IND(0x0302, Kind.NUMBER, 1, 1),
  /** callback_num_atag. */
  CALLBACK_NUM_ATAG(0x0303, Kind.OCTETS, 0, 65),
  /** number_of_messages. */
  NUMBER_OF_MESSAGES(0x0304, Kind.NUMBER, 1, 1),
  /** callback_num. */
  CALLBACK_NUM(0x0381, Kind.OCTETS, 4, 19),
  /** dpf_result. */
  DPF_RESULT(0x0420, Kind.NUMBER, 1, 1),
  /** set_dpf. */
  SET_DPF(0x0421, Kind.NUMBER, 1, 1),
  /** ms_availability_status. */
  MS_AVAILABILITY_STATUS(0x0422, Kind.NUMBER, 1, 1),
  /** network_error_code. */
  NETWORK_ERROR_CODE(0x0423, Kind.OCTETS, 3, 3),
  /** message_payload. */
  MESSAGE_PAYLOAD(0x0424, Kind.OCTETS, 0, 65535),
  /** delivery_failure_reason. */
  DELIVERY_FAILURE_REASON(0x0425, Kind.NUMBER, 1, 1),
  /** more_messages_to_send. */
  MORE_MESSAGES_TO_SEND(0x0426, Kind.NUMBER, 1, 1),
  /** message_state. */
  MESSAGE_STATE(0x0427, Kind.NUMBER, 1, 1),
  /** congestion_state. */
  CONGESTION_STATE(0x0428, Kind.NUMBER, 1, 1),
  /** ussd_service_op. */
  USSD_SERVICE_OP(0x0501, Kind.OCTETS, 1, 1),
  /** broadcast_channel_indicator. */
  BROADCAST_CHANNEL_INDICATOR(0x0600, Kind.NUMBER, 1, 1),
  /** broadcast_content_type. */
  BROADCAST_CONTENT_TYPE(0x0601, Kind.OCTETS, 3, 3),
  /** broadcast_content_type_info. */
  BROADCAST_CONTENT_TYPE_INFO(0x0602, Kind.OCTETS, 0, 255),
  /** broadcast_message_class. */
  BROADCAST_MESSAGE_CLASS(0x0603, Kind.NUMBER, 1, 1),
  /** broadcast_rep_num. */
  BROADCAST_REP_NUM(0x0604, Kind.NUMBER, 2, 2),
  /** broadcast_frequency_interval. */
  BROADCAST_FREQUENCY_INTERVAL(0x0605, Kind.OCTETS, 3, 3),
  /** broadcast_area_identifier. */
  BROADCAST_AREA_IDENTIFIER(0x0606, Kind.OCTETS, 0, 100),
  /** broadcast_error_status. */
  BROADCAST_ERROR_STATUS(0x0607, Kind.NUMBER, 4, 4),
  /** broadcast_area_success. */
  BROADCAST_AREA_SUCCESS(0x0608, Kind.NUMBER, 1, 1),
  /** broadcast_end_time. */
  BROADCAST_END_TIME(0x0609, Kind.TEXT, 1, 17),
  /** broadcast_service_group. */
  BROADCAST_SERVICE_GROUP(0x060A, Kind.OCTETS, 1, 255),
  /** billing_identification. */
  BILLING_IDENTIFICATION(0x060B, Kind.OCTETS, 1, 1024),
  /** source_network_id. */
  SOURCE_NETWORK_ID(0x060D, Kind.TEXT, 7, 66),
  /** dest_network_id. */
  DEST_NETWORK_ID(0x060E, Kind.TEXT, 7, 66),
  /** source_node_id. */
  SOURCE_NODE_ID(0x060F, Kind.OCTETS, 6, 6),
  /** dest_node_id. */
  DEST_NODE_ID(0x0610, Kind.OCTETS, 6, 6),
  /** dest_addr_np_resolution. */
  DEST_ADDR_NP_RESOLUTION(0x0611, Kind.NUMBER, 1, 1),
  /** dest_addr_np_information. */
  DEST_ADDR_NP_INFORMATION(0x0612, Kind.OCTETS, 10, 10),
  /** dest_addr_np_country. */
  DEST_ADDR_NP_COUNTRY(0x0613, Kind.OCTETS, 1, 5),
  /** display_time. */
  DISPLAY_TIME(0x1201, Kind.NUMBER, 1, 1),
  /** sms_signal. */
  SMS_SIGNAL(0x1203, Kind.NUMBER, 2, 2),
  /** ms_validity. */
  MS_VALIDITY(0x1204, Kind.NUMBER, 1, 4),
  /** alert_on_message_delivery. */
  ALERT_ON_MESSAGE_DELIVERY(0x130C, Kind.OCTETS, 0, 1),
  /** its_reply_type. */
  ITS_REPLY_TYPE(0x1380, Kind.NUMBER, 1, 1),
  /** its_session_info. */
  ITS_SESSION_INFO(0x1383, Kind.OCTETS, 2, 2);

  /** What a value is. */
  public enum Kind {
    /** An unsigned number. */
    NUMBER,
    /** A text and a NUL. */
    TEXT,
    /** Bytes. */
    OCTETS
  }

  private static final @Nullable Tag[] BY_CODE = byCode();

  private final int code;
  private final Kind kind;
  private final int shortest;
  private final int longest;

  Tag(int code, Kind kind, int shortest, int longest) {
    this.code = code;
    this.kind = kind;
    this.shortest = shortest;
    this.longest = longest;
  }

  /** The tag on the wire. */
  public int code() {
    return code;
  }

  /** What the value is. */
  public Kind kind() {
    return kind;
  }

  /** The fewest bytes of the value. */
  public int shortest() {
    return shortest;
  }

  /** The most bytes of the value. */
  public int longest() {
    return longest;
  }

  /** Its name in the specification: {@code receipted_message_id}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one of that code, or null where the specification has none. */
  public static @Nullable Tag of(int code) {
    return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
  }

  private static @Nullable Tag[] byCode() {
    @Nullable Tag[] table = new @Nullable Tag[ITS_SESSION_INFO.code + 1];
    for (Tag tag : values()) {
      table[tag.code] = tag;
    }
    return table;
  }
}
