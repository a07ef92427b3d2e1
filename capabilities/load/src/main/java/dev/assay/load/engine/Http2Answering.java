package dev.assay.load.engine;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * The least that is a server of HTTP/2: it answers every request the same and takes every body.
 * Only for a {@link Rehearsal}, which sends nothing that it would not understand.
 */
final class Http2Answering extends ByteToMessageDecoder {

  private static final int PREFACE = 24;
  private static final int HEADER = 9;
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int SETTINGS = 4;
  private static final int END_STREAM = 1;

  /** SETTINGS with the largest window for streams, and the largest window for the connection. */
  private static final byte[] GREETING =
      HexFormat.of()
          .parseHex("000006040000000000" + "00047fffffff" + "000004080000000000" + "7fff0000");

  private static final byte[] SETTINGS_ACK = HexFormat.of().parseHex("000000040100000000");

  /** Status 200 and a content-type from the static table, the latter's value as a literal. */
  private static final byte[] FIELDS =
      HexFormat.of().parseHex("88" + "5f10" + "6170706c69636174696f6e2f6a736f6e");

  private static final byte[] BODY = "{\"id\": 123}".getBytes(StandardCharsets.US_ASCII);

  private boolean greeted;

  @Override
  public void channelActive(ChannelHandlerContext context) throws Exception {
    var _ = context.writeAndFlush(context.alloc().buffer().writeBytes(GREETING));
    super.channelActive(context);
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (!greeted) {
      if (in.readableBytes() < PREFACE) {
        return;
      }
      in.skipBytes(PREFACE);
      greeted = true;
    }
    ByteBuf answers = context.alloc().buffer();
    while (in.readableBytes() >= HEADER) {
      int at = in.readerIndex();
      int length = in.getUnsignedMedium(at);
      if (in.readableBytes() < HEADER + length) {
        break;
      }
      answer(in.getByte(at + 3), in.getByte(at + 4), in.getInt(at + 5), answers);
      in.skipBytes(HEADER + length);
    }
    var _ = context.writeAndFlush(answers);
  }

  private static void answer(int type, int flags, int stream, ByteBuf answers) {
    boolean end = (flags & END_STREAM) != 0;
    if (type == SETTINGS && !end) {
      answers.writeBytes(SETTINGS_ACK);
    } else if (end && (type == HEADERS || type == DATA)) {
      answers.writeMedium(FIELDS.length).writeByte(HEADERS).writeByte(4).writeInt(stream);
      answers.writeBytes(FIELDS);
      answers.writeMedium(BODY.length).writeByte(DATA).writeByte(END_STREAM).writeInt(stream);
      answers.writeBytes(BODY);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var _ = context.close();
  }
}
