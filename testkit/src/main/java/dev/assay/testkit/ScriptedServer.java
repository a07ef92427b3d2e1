package dev.assay.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on a free loopback port that answers each HTTP/1.1 request with exactly the bytes that a
 * script gives, or misbehaves as it says: stalls, resets, sends garbage, closes in the middle.
 * Thread-safe; close it after use.
 */
public final class ScriptedServer implements AutoCloseable {

  private static final int BACKLOG = 1024;

  /** Decides what one request is answered. Called by several threads at once. */
  @FunctionalInterface
  public interface Script {
    /** The answer to a request. */
    Reply answer(Request request);
  }

  /**
   * A request as it came.
   *
   * @param number which request of the server it is, from 0
   * @param connection which connection of the server it came on, from 0
   * @param head the request line and headers
   * @param body the body, read as ISO-8859-1
   */
  public record Request(int number, int connection, String head, String body) {}

  /** What to do with the connection after the bytes were sent. */
  public enum Then {
    /** Waits for the next request. */
    KEEP,
    /** Closes it in order. */
    CLOSE,
    /** Resets it. */
    RESET,
    /** Neither sends nor closes anything until the server is closed. */
    SILENCE
  }

  /**
   * An answer.
   *
   * @param pause how long to wait before it
   * @param pieces what to send, each in its own packet where the system lets it
   * @param then what to do afterwards
   */
  public record Reply(Duration pause, List<byte[]> pieces, Then then) {
    /** Copies the list. */
    public Reply {
      pieces = List.copyOf(pieces);
    }

    /** These texts, one packet each, and the connection stays open. */
    public static Reply of(String... pieces) {
      List<byte[]> bytes = new ArrayList<>();
      for (String piece : pieces) {
        bytes.add(piece.getBytes(StandardCharsets.ISO_8859_1));
      }
      return new Reply(Duration.ZERO, bytes, Then.KEEP);
    }

    /** A whole response of that status with that body. */
    public static Reply status(int status, String body) {
      return of(
          "HTTP/1.1 " + status + " X\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    /** The same, after a pause. */
    public Reply after(Duration longer) {
      return new Reply(longer, pieces, then);
    }

    /** The same, and then something else than waiting for the next request. */
    public Reply then(Then other) {
      return new Reply(pause, pieces, other);
    }
  }

  private final ServerSocket server;
  private final Script script;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile long stalledUntil = System.nanoTime();

  private ScriptedServer(ServerSocket server, Script script) {
    this.server = server;
    this.script = script;
  }

  /** Starts a server. */
  public static ScriptedServer start(Script script) {
    try {
      ServerSocket socket = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
      ScriptedServer started = new ScriptedServer(socket, script);
      started.threads.execute(started::accept);
      return started;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** A loopback port that nobody listens on, as far as that can be known. */
  public static int refusedPort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Its base address. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /** How many requests came so far. */
  public int requests() {
    return requests.get();
  }

  /** How many connections were opened so far. */
  public int connections() {
    return connections.get();
  }

  /** Answers nothing for so long from now, on any connection. */
  public void stall(Duration length) {
    stalledUntil = System.nanoTime() + length.toNanos();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        open.add(socket);
        int number = connections.getAndIncrement();
        threads.execute(() -> serve(socket, number));
      } catch (IOException ended) {
        return;
      }
    }
  }

  private void serve(Socket socket, int connection) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      for (String head = head(in); !head.isEmpty(); head = head(in)) {
        String body = new String(in.readNBytes(length(head)), StandardCharsets.ISO_8859_1);
        Reply reply =
            script.answer(new Request(requests.getAndIncrement(), connection, head, body));
        pause(reply.pause().toNanos());
        pause(stalledUntil - System.nanoTime());
        for (byte[] piece : reply.pieces()) {
          out.write(piece);
          out.flush();
        }
        if (reply.then() == Then.SILENCE) {
          closed.await();
        }
        if (reply.then() == Then.RESET) {
          socket.setSoLinger(true, 0);
        }
        if (reply.then() != Then.KEEP) {
          return;
        }
      }
    } catch (IOException gone) {
      // The client went away, which is its right.
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  private void pause(long nanos) throws InterruptedException {
    if (nanos > 0 && closed.await(nanos, TimeUnit.NANOSECONDS)) {
      throw new InterruptedException("the server was closed");
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (int b = in.read(); b >= 0; b = in.read()) {
      head.append((char) b);
      if (b == '\n' && head.length() >= 4 && head.charAt(head.length() - 3) == '\n') {
        return head.toString();
      }
    }
    return "";
  }

  private static int length(String head) {
    for (String line : head.split("\r\n")) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        return Integer.parseInt(line.substring("content-length:".length()).strip());
      }
    }
    return 0;
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException alreadyGone) {
      // There is nothing left to close.
    }
    threads.shutdownNow();
    threads.close();
  }
}
