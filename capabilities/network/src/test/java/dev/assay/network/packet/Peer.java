package dev.assay.network.packet;

import dev.assay.api.spi.SystemClock;
import dev.assay.network.link.Condition;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** A program that speaks in a namespace: the other side of what a test measures. */
final class Peer {

  private static final int PORT = 7007;

  private Peer() {}

  /** Runs one of its parts and prints figures, one on a line. */
  public static void main(String[] words) throws IOException {
    switch (words[0]) {
      case "echo" -> echo();
      case "sink" -> sink();
      case "ping" -> ping(words[1], Integer.parseInt(words[2]), Integer.parseInt(words[3]));
      case "connect" -> connect(words[1]);
      case "push" -> push(words[1], Integer.parseInt(words[2]));
      case "link" -> link();
      default -> throw new IllegalArgumentException(words[0]);
    }
  }

  /** Opens a link, prints its namespace, and waits to be killed. */
  private static void link() throws IOException {
    PacketLink link =
        PacketLink.open(
            Condition.NONE, 1, PacketLink.Far.NAMESPACE, new SystemClock(), new RecordingJournal());
    System.out.println(link.clientNamespace());
    System.out.println(link.serverNamespace().orElseThrow());
    while (System.in.read() >= 0) {
      // until it is killed
    }
  }

  /** Returns datagrams for ever. */
  private static void echo() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(PORT)) {
      System.out.println("ready");
      DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
      while (true) {
        packet.setLength(2000);
        socket.receive(packet);
        socket.send(packet);
      }
    }
  }

  /** Reads connections to their ends and answers each with a byte, for ever. */
  private static void sink() throws IOException {
    try (ServerSocket server = new ServerSocket(PORT)) {
      System.out.println("ready");
      byte[] bytes = new byte[1 << 16];
      while (true) {
        try (Socket socket = server.accept()) {
          InputStream in = socket.getInputStream();
          while (in.read(bytes) >= 0) {
            // counted by the sender
          }
          socket.getOutputStream().write(1);
        }
      }
    }
  }

  /** Prints round trips in nanoseconds, -1 for each that took longer than a second. */
  private static void ping(String host, int count, int pause) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(InetAddress.getByName(host), PORT);
      socket.setSoTimeout(pause == 0 ? 1 : 1000);
      for (int i = 0; i < count; i++) {
        byte[] bytes = {(byte) (i >> 8), (byte) i, 0, 0};
        long sent = System.nanoTime();
        socket.send(new DatagramPacket(bytes, bytes.length));
        try {
          DatagramPacket answer = new DatagramPacket(new byte[100], 100);
          socket.receive(answer);
          System.out.println(System.nanoTime() - sent);
        } catch (SocketTimeoutException late) {
          System.out.println(-1);
        }
      }
    }
  }

  private static void connect(String host) throws IOException {
    for (int i = 0; i < 5; i++) {
      long asked = System.nanoTime();
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(host, PORT), 5000);
        System.out.println(System.nanoTime() - asked);
      }
    }
  }

  /** Prints how long it takes until so many bytes have been read at the other side. */
  private static void push(String host, int bytes) throws IOException {
    long begun = System.nanoTime();
    try (Socket socket = new Socket(host, PORT)) {
      OutputStream out = socket.getOutputStream();
      out.write(new byte[bytes]);
      socket.shutdownOutput();
      if (socket.getInputStream().read() != 1) {
        throw new IOException("no answer");
      }
    }
    System.out.println(System.nanoTime() - begun);
  }
}
