package dev.assay.smpp.codec;

/**
 * Where the parameters of a submit_sm or deliver_sm lie in its frame, found in one pass without
 * allocating; {@link #read} also says what is wrong with it. Used again for each PDU. Not
 * thread-safe.
 */
public final class MessageFields {

  private static final int ADDRESS = 21;
  private static final int TIME = 17;

  private byte[] bytes = new byte[0];
  private int at;
  private int end;
  private int serviceType;
  private int source;
  private int sourceEnd;
  private int destination;
  private int destinationEnd;
  private int esmClass;
  private int schedule;
  private int scheduleEnd;
  private int validity;
  private int validityEnd;
  private int registered;
  private int message;
  private int messageEnd;
  private boolean headerWrong;

  /** Fields of nothing yet. */
  public MessageFields() {}

  /**
   * Finds the parameters.
   *
   * @return {@link Status#ROK}, or the status that answers what is wrong; then nothing else of this
   *     may be asked but {@link #headerWrong}
   */
  public int read(Frame frame) {
    bytes = frame.bytes();
    at = frame.from() + Frame.HEADER;
    end = frame.from() + frame.length();
    headerWrong = false;
    serviceType = at;
    if (!text(6)) {
      return wrong(Field.SERVICE_TYPE);
    }
    at += 2;
    source = at;
    if (!text(ADDRESS)) {
      return wrong(Field.SOURCE_ADDR);
    }
    sourceEnd = at - 1;
    at += 2;
    destination = at;
    if (!text(ADDRESS)) {
      return wrong(Field.DESTINATION_ADDR);
    }
    destinationEnd = at - 1;
    esmClass = at;
    at += 3;
    schedule = at;
    if (!text(TIME)) {
      return wrong(Field.SCHEDULE_DELIVERY_TIME);
    }
    scheduleEnd = at - 1;
    validity = at;
    if (!text(TIME)) {
      return wrong(Field.VALIDITY_PERIOD);
    }
    validityEnd = at - 1;
    registered = at;
    message = at + 5;
    if (message > end) {
      headerWrong = true;
      return Status.RINVCMDLEN;
    }
    messageEnd = message + (bytes[message - 1] & 0xFF);
    return messageEnd > end ? Status.RINVMSGLEN : Status.ROK;
  }

  private boolean text(int longest) {
    int limit = Math.min(end, at + longest);
    int i = at;
    while (i < limit && bytes[i] != 0) {
      i++;
    }
    at = i + 1;
    if (i >= end) {
      headerWrong = true;
      return false;
    }
    return i < limit;
  }

  private int wrong(Field field) {
    return headerWrong ? Status.RINVCMDLEN : field.error();
  }

  /** Whether what {@link #read} found means that command_length is wrong. */
  public boolean headerWrong() {
    return headerWrong;
  }

  /** service_type. */
  public String serviceType() {
    return PduDecoder.latin(bytes, serviceType, source - 3);
  }

  /** source_addr_ton. */
  public int sourceTon() {
    return bytes[source - 2] & 0xFF;
  }

  /** source_addr_npi. */
  public int sourceNpi() {
    return bytes[source - 1] & 0xFF;
  }

  /** source_addr. */
  public String source() {
    return PduDecoder.latin(bytes, source, sourceEnd);
  }

  /** dest_addr_ton. */
  public int destinationTon() {
    return bytes[destination - 2] & 0xFF;
  }

  /** dest_addr_npi. */
  public int destinationNpi() {
    return bytes[destination - 1] & 0xFF;
  }

  /** Whether destination_addr has characters. */
  public boolean hasDestination() {
    return destinationEnd > destination;
  }

  /** destination_addr. */
  public String destination() {
    return PduDecoder.latin(bytes, destination, destinationEnd);
  }

  /** esm_class. */
  public int esmClass() {
    return bytes[esmClass] & 0xFF;
  }

  /** protocol_id. */
  public int protocolId() {
    return bytes[esmClass + 1] & 0xFF;
  }

  /** priority_flag. */
  public int priority() {
    return bytes[esmClass + 2] & 0xFF;
  }

  /** schedule_delivery_time; empty for at once. */
  public String schedule() {
    return PduDecoder.latin(bytes, schedule, scheduleEnd);
  }

  /** validity_period; empty for the message centre's own. */
  public String validity() {
    return PduDecoder.latin(bytes, validity, validityEnd);
  }

  /** registered_delivery. */
  public int registeredDelivery() {
    return bytes[registered] & 0xFF;
  }

  /** replace_if_present_flag. */
  public int replaceIfPresent() {
    return bytes[registered + 1] & 0xFF;
  }

  /** data_coding. */
  public int dataCoding() {
    return bytes[registered + 2] & 0xFF;
  }

  /** The length of short_message. */
  public int messageLength() {
    return messageEnd - message;
  }

  /** Where short_message begins in the frame's bytes. */
  public int messageFrom() {
    return message;
  }

  /** Whether optional parameters follow. */
  public boolean hasTlvs() {
    return messageEnd < end;
  }
}
