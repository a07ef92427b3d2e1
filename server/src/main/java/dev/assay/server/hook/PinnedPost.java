package dev.assay.server.hook;

import dev.assay.api.value.RetryAfter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Posts over HTTP/1.1 to an address that was looked at: a host's name is asked for once, its
 * addresses are checked, and the connection is made to one of these, so that a name which leads
 * elsewhere a moment later (DNS rebinding) changes nothing. The host's name stays what TLS and the
 * header {@code Host} say. Redirects are not followed, no proxy is used, and of the answer only the
 * head is read. Thread-safe.
 */
public final class PinnedPost {

  private static final int LONGEST_HEAD = 65_536;
  private static final int MOST_INTERIM = 10;

  private final Resolver resolver;
  private final boolean everywhere;
  private final Supplier<SSLSocketFactory> tls;

  /** Says where a host is. */
  @FunctionalInterface
  interface Resolver {
    /** Its addresses, at least one. */
    InetAddress[] of(String host) throws UnknownHostException;
  }

  /**
   * What was answered. Immutable.
   *
   * @param status the status
   * @param after how long it asks to wait ({@code Retry-After}); nought where it does not ask
   */
  public record Answer(int status, Duration after) {}

  /** The host is nowhere that anything may be posted to. */
  public static final class RefusedException extends IOException {

    private static final long serialVersionUID = 1;

    RefusedException(String why) {
      super(why);
    }
  }

  /**
   * A way to post.
   *
   * @param everywhere whether addresses that are not public are good, too
   * @param tls asked for each connection with TLS; nothing of it is loaded where there is none
   */
  PinnedPost(Resolver resolver, boolean everywhere, Supplier<SSLSocketFactory> tls) {
    this.resolver = resolver;
    this.everywhere = everywhere;
    this.tls = tls;
  }

  /** By the names and certificates that this machine knows. */
  public static PinnedPost plain(boolean everywhere) {
    return new PinnedPost(
        InetAddress::getAllByName,
        everywhere,
        () -> (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  /** What is wrong with a host now, or null. */
  public @Nullable String wrong(String host) {
    try {
      List<InetAddress> _ = looked(host);
      return null;
    } catch (RefusedException refused) {
      return refused.getMessage();
    }
  }

  private List<InetAddress> looked(String host) throws RefusedException {
    List<InetAddress> found;
    try {
      found = List.of(resolver.of(host));
    } catch (UnknownHostException unknown) {
      throw new RefusedException("nobody knows the host " + host);
    }
    for (InetAddress address : found) {
      if (!everywhere && !PublicAddresses.isPublic(address)) {
        throw new RefusedException(
            host + " is " + address.getHostAddress() + ", which is no public address");
      }
    }
    return found;
  }

  /**
   * Posts.
   *
   * @param patience for all of it
   * @throws RefusedException if nothing may be posted there
   * @throws IOException if nobody answers in time
   */
  public Answer send(URI place, Map<String, String> headers, String body, Duration patience)
      throws IOException {
    String host = String.valueOf(place.getHost()).replaceAll("^\\[|]$", "");
    boolean secure = "https".equals(place.getScheme());
    int usual = secure ? 443 : 80;
    int port = place.getPort() < 0 ? usual : place.getPort();
    Deadline deadline = new Deadline(System.nanoTime() + patience.toNanos());
    try (Socket plain = connected(looked(host), port, deadline);
        Socket socket = secure ? secured(plain, host, port, deadline) : plain) {
      String authority = place.getHost() + (port == usual ? "" : ":" + port);
      socket.getOutputStream().write(request(place, authority, headers, body));
      socket.getOutputStream().flush();
      return answer(socket, deadline);
    }
  }

  /** When patience ends, by the JVM's running time. */
  private record Deadline(long nanos) {
    int left() throws SocketTimeoutException {
      long millis = (nanos - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        throw new SocketTimeoutException("nobody answers in time");
      }
      return (int) Math.min(millis, Integer.MAX_VALUE);
    }
  }

  private static Socket connected(List<InetAddress> addresses, int port, Deadline deadline)
      throws IOException {
    IOException last = new IOException("nobody answers there");
    for (InetAddress address : addresses) {
      Socket socket = new Socket(java.net.Proxy.NO_PROXY);
      try {
        socket.connect(new InetSocketAddress(address, port), deadline.left());
        return socket;
      } catch (IOException unreachable) {
        last = unreachable;
        socket.close();
      }
    }
    throw last;
  }

  private Socket secured(Socket plain, String host, int port, Deadline deadline)
      throws IOException {
    plain.setSoTimeout(deadline.left());
    SSLSocket socket = (SSLSocket) tls.get().createSocket(plain, host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private static byte[] request(
      URI place, String authority, Map<String, String> headers, String body) {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    String path = place.getRawPath();
    StringBuilder head = new StringBuilder("POST ");
    head.append(path == null || path.isEmpty() ? "/" : path);
    head.append(place.getRawQuery() == null ? "" : "?" + place.getRawQuery());
    head.append(" HTTP/1.1\r\nHost: ").append(authority).append("\r\nConnection: close\r\n");
    headers.forEach((name, value) ->
        head.append(name).append(": ").append(value.replaceAll("[\r\n]", " ")).append("\r\n"));
    head.append("Content-Length: ").append(content.length).append("\r\n\r\n");
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    all.writeBytes(content);
    return all.toByteArray();
  }

  /** The head of the answer, after those that only say that it will come. */
  private static Answer answer(Socket socket, Deadline deadline) throws IOException {
    for (int interim = 0; interim <= MOST_INTERIM; interim++) {
      String head = head(socket, deadline);
      String[] words = head.split("[ \r\n]", 3);
      if (words.length < 2 || !words[0].startsWith("HTTP/1.") || !words[1].matches("[1-5]\\d\\d")) {
        throw new IOException("what answers there does not speak HTTP");
      }
      int status = Integer.parseInt(words[1]);
      if (status >= 200) {
        String date = header(head, "date").orElse(null);
        return new Answer(
            status,
            RetryAfter.of(header(head, "retry-after").orElse(null), date).orElse(Duration.ZERO));
      }
    }
    throw new IOException("it never comes to an answer");
  }

  private static String head(Socket socket, Deadline deadline) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.length() < LONGEST_HEAD) {
      socket.setSoTimeout(deadline.left());
      int next = in.read();
      if (next < 0) {
        throw new IOException("the connection was closed without an answer");
      }
      head.append((char) next);
      if (next == '\n' && (ends(head, "\r\n\r\n") || ends(head, "\n\n"))) {
        return head.toString();
      }
    }
    throw new IOException("the answer's head has more than 64 KiB");
  }

  private static boolean ends(StringBuilder text, String end) {
    return text.length() >= end.length()
        && text.substring(text.length() - end.length()).equals(end);
  }

  private static Optional<String> header(String head, String name) {
    return head.lines()
        .skip(1)
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }
}
