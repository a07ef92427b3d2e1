package dev.assay.network.link;

/** What a rate counts. The headers are those of IPv4 without options, below them nothing. */
public enum Counting {
  /** Whole IP packets, as network rates are stated: payload and the headers of IP, TCP or UDP. */
  IP,
  /** Only what the application sends, as Toxiproxy's bandwidth. */
  PAYLOAD;

  /** The most payload of a TCP segment: an MTU of 1500 less the headers. */
  public static final int SEGMENT = 1448;

  /** IP 20, TCP 20, and its time stamps 12 (RFC 7323), which every current system sends. */
  public static final int STREAM_HEADERS = 52;

  /** The header of UDP. */
  private static final int UDP = 8;

  /** The header of IP. */
  private static final int IP_HEADER = 20;

  /** The most data of an IP packet in an MTU of 1500; more is sent in fragments. */
  private static final int FRAGMENT = 1480;

  /** How many bytes of the rate so much payload of a stream takes; an empty packet has headers. */
  int stream(int payload) {
    if (this == PAYLOAD) {
      return payload;
    }
    int segments = Math.max(1, (payload + SEGMENT - 1) / SEGMENT);
    return payload + segments * STREAM_HEADERS;
  }

  /** How many bytes of the rate a datagram takes, with the headers of its fragments. */
  int datagram(int payload) {
    if (this == PAYLOAD) {
      return payload;
    }
    int data = payload + UDP;
    return data + (data + FRAGMENT - 1) / FRAGMENT * IP_HEADER;
  }
}
