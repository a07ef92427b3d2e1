package dev.assay.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads what nearly all requests are, a {@code POST /v1/messages} with its length, without the
 * general codec behind it, which costs more than all else that is done for a request. Whatever is
 * not that to the letter, or says anything that is not plain (another transfer coding, an upgrade,
 * an expectation, a line that is folded, a second length), goes to the general codec as it came,
 * and so does all that follows on that connection.
 */
final class SubmitReader extends ChannelInboundHandlerAdapter {

  private static final byte[] BEGIN =
      "POST /v1/messages HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_HEAD = 8 * 1024;
  private static final int LONGEST_BODY = 256 * 1024;
  private static final int MORE = -1;
  private static final int GENERAL = -2;

  private final ServerHandler requests;
  private @Nullable ByteBuf held;
  private boolean general;

  SubmitReader(ServerHandler requests) {
    this.requests = requests;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (general || !(message instanceof ByteBuf read)) {
      context.fireChannelRead(message);
      return;
    }
    ByteBuf all = read;
    if (held != null) {
      all = context.alloc().buffer(held.readableBytes() + read.readableBytes());
      all.writeBytes(held).writeBytes(read);
      held.release();
      read.release();
      held = null;
    }
    int length = taken(context, all);
    if (!all.isReadable()) {
      all.release();
    } else if (length == MORE) {
      held = all;
    } else {
      general = true;
      context.fireChannelRead(all);
    }
  }

  /** Takes all whole submits; tells why there is not another one. */
  private int taken(ChannelHandlerContext context, ByteBuf all) {
    try {
      int length = MORE;
      while (all.isReadable()) {
        length = whole(all);
        if (length < 0) {
          return length;
        }
        take(context, all, length);
      }
      return length;
    } catch (RuntimeException | Error failed) {
      all.release();
      throw failed;
    }
  }

  /** How long the body of the first request is, where all of it is there. */
  private static int whole(ByteBuf from) {
    int start = from.readerIndex();
    int there = from.readableBytes();
    for (int i = 0; i < Math.min(there, BEGIN.length); i++) {
      if (from.getByte(start + i) != BEGIN[i]) {
        return GENERAL;
      }
    }
    int head = head(from, start, Math.min(there, LONGEST_HEAD));
    if (head < 0) {
      return there < LONGEST_HEAD ? MORE : GENERAL;
    }
    int body = body(from.toString(start, head, StandardCharsets.ISO_8859_1));
    if (body < 0 || body > LONGEST_BODY) {
      return GENERAL;
    }
    return there - head >= body ? body : MORE;
  }

  /** How long the head is, with the empty line; -1 where that is not there yet. */
  private static int head(ByteBuf from, int start, int there) {
    for (int i = BEGIN.length - 2; i + 3 < there; i++) {
      if (from.getByte(start + i) == '\r'
          && from.getByte(start + i + 1) == '\n'
          && from.getByte(start + i + 2) == '\r'
          && from.getByte(start + i + 3) == '\n') {
        return i + 4;
      }
    }
    return -1;
  }

  /** The length of the body, or -1 where the head says anything that is not plain. */
  private static int body(String head) {
    int length = -1;
    int from = BEGIN.length;
    while (from < head.length() - 2) {
      int end = head.indexOf("\r\n", from);
      int colon = head.indexOf(':', from);
      if (colon <= from || colon > end || !plain(head, from, colon, end)) {
        return -1;
      }
      switch (head.substring(from, colon).toLowerCase(Locale.ROOT)) {
        case "content-length" -> {
          int said = length(head.substring(colon + 1, end).strip());
          if (length >= 0 || said < 0) {
            return -1;
          }
          length = said;
        }
        case "transfer-encoding", "expect", "upgrade", "content-encoding", "trailer", "te" -> {
          return -1;
        }
        case "connection" -> {
          if (!head.substring(colon + 1, end).strip().equalsIgnoreCase("keep-alive")) {
            return -1;
          }
        }
        default -> {}
      }
      from = end + 2;
    }
    return length;
  }

  private static boolean plain(String head, int from, int colon, int end) {
    for (int i = from; i < end; i++) {
      char c = head.charAt(i);
      boolean name = i < colon;
      if (c == 0x7F || c < ' ' && c != '\t' || name && (c <= ' ' || c > '~')) {
        return false;
      }
    }
    return true;
  }

  private static int length(String digits) {
    if (digits.isEmpty() || digits.length() > 9) {
      return -1;
    }
    int length = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      length = length * 10 + c - '0';
    }
    return length;
  }

  private void take(ChannelHandlerContext context, ByteBuf all, int length) {
    int head = head(all, all.readerIndex(), all.readableBytes());
    String lines =
        all.toString(
            all.readerIndex() + BEGIN.length, head - BEGIN.length, StandardCharsets.ISO_8859_1);
    byte[] body = ByteBufUtil.getBytes(all, all.readerIndex() + head, length);
    all.skipBytes(head + length);
    requests.submit(new Submit(context, lines, body));
  }

  /**
   * A request.
   *
   * @param context where its answer is written, past the general codec
   * @param lines of its head, after the first
   * @param body all of it
   */
  record Submit(ChannelHandlerContext context, String lines, byte[] body) {

    /** A header's value; null where it is missing. */
    @Nullable String header(String name) {
      int from = 0;
      while (from < lines.length() - 2) {
        int end = lines.indexOf("\r\n", from);
        int colon = lines.indexOf(':', from);
        if (colon - from == name.length()
            && lines.regionMatches(true, from, name, 0, name.length())) {
          return lines.substring(colon + 1, end).strip();
        }
        from = end + 2;
      }
      return null;
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (held != null) {
      held.release();
      held = null;
    }
    context.fireChannelInactive();
  }
}
