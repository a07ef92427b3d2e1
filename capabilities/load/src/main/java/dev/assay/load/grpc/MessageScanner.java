package dev.assay.load.grpc;

import dev.assay.load.extract.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Finds the messages in the body of a response, wherever it is split (gRPC over HTTP/2,
 * "Length-Prefixed-Message"). Memory is bounded by the longest message that is kept. Allocates
 * nothing once its buffer has grown. Not thread-safe.
 */
public final class MessageScanner {

  /**
   * How long a message is at most, as in every implementation of gRPC that is not told otherwise.
   */
  public static final int LONGEST = 4 << 20;

  /** Why a body is no sequence of messages. */
  public enum Fault {
    /** The message is compressed, though only identity was offered. */
    COMPRESSED("a message is compressed, though no compression was offered"),
    /** The first byte of a prefix is neither 0 nor 1. */
    FLAG("what came is no gRPC message: its first byte is neither 0 nor 1"),
    /** The message is longer than it may be. */
    TOO_LONG("a message is longer than 4 MB"),
    /** The body ends within a message. */
    TRUNCATED("the response ends within a message");

    private final String sentence;

    Fault(String sentence) {
      this.sentence = sentence;
    }

    /** It for people. */
    public String sentence() {
      return sentence;
    }
  }

  private final int longest;
  private final Bytes kept;
  private boolean keep;
  private int prefix;
  private int flag;
  private long length;
  private long remaining;
  private boolean complete;
  private @Nullable Fault fault;
  private byte[] message = {};
  private int messageFrom;
  private int messageTo;

  /**
   * A scanner of messages up to that length.
   *
   * @param longest in bytes, 1 to 1 GiB
   */
  public MessageScanner(int longest) {
    this.longest = longest;
    this.kept = new Bytes(longest);
  }

  /**
   * Begins with another body.
   *
   * @param keepMessages whether the bytes of messages are wanted
   */
  public void begin(boolean keepMessages) {
    keep = keepMessages;
    prefix = 0;
    length = 0;
    remaining = 0;
    complete = false;
    fault = null;
    kept.clear();
  }

  /**
   * Reads until a message is complete, the bytes are used up or there is a fault.
   *
   * @return the place behind the last byte that was read; go on from there
   */
  public int scan(byte[] bytes, int from, int to) {
    complete = false;
    int at = from;
    while (at < to && prefix < MessageWriter.PREFIX && fault == null) {
      prefix(bytes[at++] & 0xff);
    }
    if (fault != null) {
      return to;
    }
    if (prefix < MessageWriter.PREFIX) {
      return at;
    }
    int many = (int) Math.min(remaining, to - at);
    if (keep) {
      keep(bytes, at, many);
    }
    remaining -= many;
    if (remaining == 0) {
      complete = true;
      prefix = 0;
    }
    return at + many;
  }

  private void prefix(int value) {
    if (prefix == 0) {
      flag = value;
      length = 0;
      if (value > 1) {
        fault = Fault.FLAG;
      }
    } else {
      length = length << 8 | value;
    }
    prefix++;
    if (prefix == MessageWriter.PREFIX) {
      remaining = length;
      kept.clear();
      if (length > longest) {
        fault = Fault.TOO_LONG;
      } else if (flag == 1) {
        fault = Fault.COMPRESSED;
      }
    }
  }

  private void keep(byte[] bytes, int at, int many) {
    if (many == length) {
      message = bytes;
      messageFrom = at;
      messageTo = at + many;
    } else {
      kept.append(bytes, at, at + many);
      message = kept.array();
      messageFrom = 0;
      messageTo = kept.length();
    }
  }

  /** Says that the body is over. */
  public void end() {
    if (prefix > 0 && fault == null) {
      fault = Fault.TRUNCATED;
    }
  }

  /** Whether the last {@link #scan} ended behind a message. */
  public boolean complete() {
    return complete;
  }

  /** Why there can be no more messages, or null. */
  public @Nullable Fault fault() {
    return fault;
  }

  /** The length of the message that is complete. */
  public int length() {
    return (int) length;
  }

  /** The array that the complete message is in, until the next call; only where it was kept. */
  public byte[] message() {
    return message;
  }

  /** Where the message begins in {@link #message}. */
  public int from() {
    return messageFrom;
  }

  /** Where it ends. */
  public int to() {
    return messageTo;
  }
}
