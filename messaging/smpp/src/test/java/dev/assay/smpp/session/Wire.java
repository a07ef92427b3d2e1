package dev.assay.smpp.session;

import dev.assay.smpp.codec.Frame;
import dev.assay.smpp.codec.Pdu;
import dev.assay.smpp.codec.PduDecoder;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.HexFormat;

/** A plain socket that says whatever a test wants. */
final class Wire implements AutoCloseable {

  private final Socket socket = new Socket();
  private final DataInputStream in;

  Wire(InetSocketAddress address) throws IOException {
    socket.connect(address, 5_000);
    socket.setSoTimeout(30_000);
    in = new DataInputStream(socket.getInputStream());
  }

  void say(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  void say(String hex) throws IOException {
    say(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  /** The next PDU. */
  Pdu hear() throws IOException {
    byte[] length = new byte[4];
    in.readFully(length);
    byte[] all = Arrays.copyOf(length, Frame.lengthAt(length, 0));
    in.readFully(all, 4, all.length - 4);
    return PduDecoder.decode(all);
  }

  /** Whether the other end closes, and says nothing before. */
  boolean isClosed() throws IOException {
    try {
      return in.read() < 0;
    } catch (EOFException | SocketException closed) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
