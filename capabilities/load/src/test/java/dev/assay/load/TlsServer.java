package dev.assay.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A real HTTPS server of the JDK whose handshakes can be looked at. */
public final class TlsServer implements AutoCloseable {

  /** How it behaves. */
  public static final class Manner {
    private String alias = "server";
    private boolean clients;
    private String[] versions = {"TLSv1.3", "TLSv1.2"};
    private boolean closing;
    private int body = 5;
    private Break breaks = Break.NEVER;

    Manner certificate(String which) {
      alias = which;
      return this;
    }

    Manner wantsClients() {
      clients = true;
      return this;
    }

    Manner versions(String... which) {
      versions = which;
      return this;
    }

    /** Each connection serves one request. */
    Manner closes() {
      closing = true;
      return this;
    }

    Manner body(int bytes) {
      body = bytes;
      return this;
    }

    Manner breaks(Break how) {
      breaks = how;
      return this;
    }
  }

  /** What it does instead of answering well. */
  public enum Break {
    NEVER,
    /** A body without length that ends with the connection, which ends without a farewell. */
    ENDS_BODY_BARELY,
    /** Half a body, then the connection ends without a farewell. */
    HALF_BODY,
    /** Bytes that are no record. */
    GARBAGE
  }

  private final ServerSocket listening;
  private final SSLContext context;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Manner manner;
  private final Set<Long> sessions = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger received = new AtomicInteger();
  private final Queue<String> names = new ConcurrentLinkedQueue<>();
  private final Queue<String> versions = new ConcurrentLinkedQueue<>();
  private final Queue<String> clients = new ConcurrentLinkedQueue<>();

  /** Starts it, with certificates of that authority. */
  public TlsServer(TestCertificates certificates, Manner manner) throws Exception {
    this.manner = manner;
    KeyStore all = certificates.store();
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    own.setKeyEntry(
        manner.alias,
        all.getKey(manner.alias, TestCertificates.PASSWORD),
        TestCertificates.PASSWORD,
        all.getCertificateChain(manner.alias));
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, TestCertificates.PASSWORD);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", all.getCertificate("ca"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  public int port() {
    return listening.getLocalPort();
  }

  String url(String host) {
    return "https://" + host + ":" + port();
  }

  /** How many sessions began; a resumed one keeps the time at which it did. */
  int sessions() {
    return sessions.size();
  }

  int connections() {
    return connections.get();
  }

  /** How many bytes of bodies came. */
  int received() {
    return received.get();
  }

  /** The names that were asked for; empty texts where none was. */
  List<String> names() {
    return List.copyOf(names);
  }

  List<String> versions() {
    return List.copyOf(versions);
  }

  /** Who the clients said that they are. */
  List<String> clients() {
    return List.copyOf(clients);
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        threads.execute(() -> serve(socket));
      }
    } catch (IOException _) {
      // closed
    }
  }

  private void serve(Socket plain) {
    try (plain;
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, null, true)) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setProtocols(manner.versions);
      parameters.setNeedClientAuth(manner.clients);
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      connections.incrementAndGet();
      ExtendedSSLSession session = (ExtendedSSLSession) socket.getSession();
      sessions.add(session.getCreationTime());
      versions.add(session.getProtocol());
      names.add(
          session.getRequestedServerNames().stream().map(TlsServer::ascii).findFirst().orElse(""));
      if (manner.clients) {
        clients.add(session.getPeerPrincipal().getName());
      }
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (request(in)) {
        answer(socket, plain);
        if (manner.closing) {
          return;
        }
      }
    } catch (IOException _) {
      // the other side's business
    }
  }

  private static String ascii(SNIServerName name) {
    return ((SNIHostName) name).getAsciiName();
  }

  private boolean request(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return false;
      }
      head.append((char) next);
    }
    String lower = head.toString().toLowerCase(Locale.ROOT);
    int at = lower.indexOf("content-length:");
    if (at >= 0) {
      int end = lower.indexOf("\r\n", at);
      int length = Integer.parseInt(lower.substring(at + 15, end).strip());
      received.addAndGet(in.readNBytes(length).length);
    }
    return true;
  }

  private void answer(SSLSocket socket, Socket plain) throws IOException {
    OutputStream out = socket.getOutputStream();
    String length = "Content-Length: " + manner.body + "\r\n";
    switch (manner.breaks) {
      case NEVER -> {
        String close = manner.closing ? "Connection: close\r\n" : "";
        out.write(head(length + close));
        out.write(new byte[manner.body]);
      }
      case ENDS_BODY_BARELY -> {
        out.write(head(""));
        out.write(new byte[manner.body]);
        out.flush();
        plain.shutdownOutput();
      }
      case HALF_BODY -> {
        out.write(head(length));
        out.write(new byte[manner.body / 2]);
        out.flush();
        plain.shutdownOutput();
      }
      case GARBAGE -> {
        out.write(head(length));
        out.flush();
        plain.getOutputStream().write(new byte[100]);
      }
    }
    out.flush();
  }

  private static byte[] head(String headers) {
    return ("HTTP/1.1 200 OK\r\n" + headers + "\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    listening.close();
    threads.shutdownNow();
  }
}
