import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Iterator;

/**
 * A WebSocket server that costs as little as it can, to hold many idle connections for measuring a
 * client: the JDK only, one thread, echoes each frame of less than 126 bytes.
 *
 * <p>{@code java benchmarks/load/IdleWebSockets.java PORT}: listens on every loopback address.
 */
public final class IdleWebSockets {

  private static final ByteBuffer IN = ByteBuffer.allocateDirect(64 * 1024);

  private IdleWebSockets() {}

  public static void main(String[] arguments) throws Exception {
    int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 9090;
    Selector selector = Selector.open();
    ServerSocketChannel server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(port), 4096);
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT);
    System.out.println("ready on " + port);
    int open = 0;
    int told = 0;
    while (true) {
      selector.select(1000);
      Iterator<SelectionKey> keys = selector.selectedKeys().iterator();
      while (keys.hasNext()) {
        SelectionKey key = keys.next();
        keys.remove();
        if (key.isAcceptable()) {
          for (SocketChannel client = server.accept(); client != null; client = server.accept()) {
            client.configureBlocking(false);
            client.register(selector, SelectionKey.OP_READ, Boolean.FALSE);
            open++;
          }
        } else if (!read(key)) {
          key.cancel();
          key.channel().close();
          open--;
        }
      }
      if (open / 1000 != told) {
        told = open / 1000;
        System.out.println(open + " open");
      }
    }
  }

  /** False where the connection is over. A frame or a handshake is taken to come in one piece. */
  private static boolean read(SelectionKey key) {
    SocketChannel channel = (SocketChannel) key.channel();
    IN.clear();
    try {
      if (channel.read(IN) < 0) {
        return false;
      }
      IN.flip();
      if (key.attachment() == Boolean.FALSE) {
        key.attach(Boolean.TRUE);
        channel.write(ByteBuffer.wrap(accepted(StandardCharsets.US_ASCII.decode(IN).toString())));
        return true;
      }
      while (IN.remaining() >= 6) {
        int opcode = IN.get() & 0x0F;
        byte[] frame = new byte[2 + (IN.get() & 0x7F)];
        byte[] mask = new byte[4];
        IN.get(mask);
        IN.get(frame, 2, frame.length - 2);
        for (int i = 2; i < frame.length; i++) {
          frame[i] ^= mask[(i - 2) & 3];
        }
        frame[0] = (byte) (0x80 | (opcode == 9 ? 10 : opcode));
        frame[1] = (byte) (frame.length - 2);
        if (opcode != 10) {
          channel.write(ByteBuffer.wrap(frame));
        }
        if (opcode == 8) {
          return false;
        }
      }
      return true;
    } catch (IOException gone) {
      return false;
    }
  }

  private static byte[] accepted(String request) {
    String name = "sec-websocket-key: ";
    int at = request.toLowerCase(java.util.Locale.ROOT).indexOf(name) + name.length();
    String key = request.substring(at, at + 24) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1").digest(key.getBytes(StandardCharsets.US_ASCII));
      return ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              + "Sec-WebSocket-Accept: "
              + Base64.getEncoder().encodeToString(digest)
              + "\r\n\r\n")
          .getBytes(StandardCharsets.US_ASCII);
    } catch (java.security.NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }
}
