package dev.assay.load.grpc;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What the headers and trailers of a response say of a call. Allocates nothing until somebody asks
 * for the message. Not thread-safe.
 */
public final class ResponseHead {

  private static final byte[] CONTENT_TYPE = ascii("content-type");
  private static final byte[] STATUS = ascii("grpc-status");
  private static final byte[] MESSAGE = ascii("grpc-message");
  private static final byte[] GRPC = ascii("application/grpc");
  private static final int LONGEST_MESSAGE = 1024;
  private static final int MISSING = -1;

  private final byte[] message = new byte[LONGEST_MESSAGE];
  private int messageLength;
  private int http;
  private boolean grpc;
  private long status;

  /** Begins with another response. */
  public void begin() {
    messageLength = 0;
    http = 0;
    grpc = false;
    status = MISSING;
  }

  /** Takes the status of HTTP. */
  public void http(int value) {
    http = value;
  }

  /** The status of HTTP. */
  public int http() {
    return http;
  }

  /** Takes the value of {@code content-type}. */
  public void contentType(byte[] bytes, int from, int to) {
    grpc = to - from >= GRPC.length;
    for (int i = 0; grpc && i < GRPC.length; i++) {
      byte b = bytes[from + i];
      grpc = (b >= 'A' && b <= 'Z' ? b | 0x20 : b) == GRPC[i];
    }
    if (grpc && to - from > GRPC.length) {
      byte next = bytes[from + GRPC.length];
      grpc = next == '+' || next == ';' || next == ' ';
    }
  }

  /**
   * Takes the value of {@code grpc-status}.
   *
   * @param value below 0 where it is no number
   */
  public void status(long value) {
    status = value < 0 ? GrpcStatus.UNKNOWN.ordinal() : value;
  }

  /** Takes the value of {@code grpc-message}, as much of it as is shown. */
  public void message(byte[] bytes, int from, int to) {
    messageLength = Math.min(to - from, LONGEST_MESSAGE);
    System.arraycopy(bytes, from, message, 0, messageLength);
  }

  /** Takes any field; those that it does not want change nothing. */
  public void field(byte[] name, int nameFrom, int nameTo, byte[] value, int from, int to) {
    if (named(STATUS, name, nameFrom, nameTo)) {
      status(number(value, from, to));
    } else if (named(MESSAGE, name, nameFrom, nameTo)) {
      message(value, from, to);
    } else if (named(CONTENT_TYPE, name, nameFrom, nameTo)) {
      contentType(value, from, to);
    }
  }

  private static boolean named(byte[] lowerCase, byte[] name, int from, int to) {
    if (to - from != lowerCase.length) {
      return false;
    }
    for (int i = 0; i < lowerCase.length; i++) {
      if (name[from + i] != lowerCase[i]) {
        return false;
      }
    }
    return true;
  }

  private static long number(byte[] value, int from, int to) {
    if (from == to || to - from > 9) {
      return -1;
    }
    long number = 0;
    for (int i = from; i < to; i++) {
      if (value[i] < '0' || value[i] > '9') {
        return -1;
      }
      number = number * 10 + value[i] - '0';
    }
    return number;
  }

  /** Whether the headers are those of a gRPC response, whose body has messages. */
  public boolean answersGrpc() {
    return http == 200 && grpc;
  }

  /** The status of the complete response; where none was sent, the one that HTTP's stands for. */
  public GrpcStatus status() {
    return status == MISSING ? GrpcStatus.ofHttp(http) : GrpcStatus.of(status);
  }

  /** Why the complete response is none of gRPC, or null where it is one. */
  public @Nullable String fault() {
    if (status != MISSING) {
      return null;
    }
    return answersGrpc()
        ? "the response ends without grpc-status"
        : "what answered does not speak gRPC: HTTP status "
            + http
            + (grpc ? "" : ", content-type not application/grpc");
  }

  /** What the server says of the status, its percent-encoding decoded; empty where nothing. */
  public String message() {
    byte[] decoded = new byte[messageLength];
    int length = 0;
    for (int i = 0; i < messageLength; i++) {
      int high = hex(i + 1);
      int low = hex(i + 2);
      if (message[i] == '%' && high >= 0 && low >= 0) {
        decoded[length++] = (byte) (high << 4 | low);
        i += 2;
      } else {
        decoded[length++] = message[i];
      }
    }
    return new String(decoded, 0, length, StandardCharsets.UTF_8);
  }

  private int hex(int at) {
    return at < messageLength ? Character.digit(message[at], 16) : -1;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
