package dev.assay.gateway.channel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * A door in front of a mail server that speaks STARTTLS (RFC 3207) with a certificate of its own,
 * and on request answers a command itself, or not at all.
 */
final class SmtpDoor implements AutoCloseable {

  private final int behind;
  private final ServerSocket listening;
  private final SSLContext tls;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, String> says = new ConcurrentHashMap<>();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final CountDownLatch arrived = new CountDownLatch(1);
  private final AtomicInteger messages = new AtomicInteger();
  private volatile String hangsAfter = "";
  private volatile String protectedFrom = "";
  private volatile boolean offersTls = true;

  SmtpDoor(int behind) {
    this.behind = behind;
    try {
      listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
      tls = Certificate.TLS;
    } catch (Exception broken) {
      throw new IllegalStateException(broken);
    }
    threads.execute(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  SSLSocketFactory trust() {
    return tls.getSocketFactory();
  }

  /** Answers that command itself. */
  void says(String command, String answer) {
    says.put(command, answer);
  }

  /** Takes that command's text and falls silent. */
  void hangsAfter(String command) {
    hangsAfter = command;
  }

  void withoutTls() {
    offersTls = false;
  }

  /** The first command that came protected. */
  String protectedFrom() {
    return protectedFrom;
  }

  CountDownLatch arrived() {
    return arrived;
  }

  int messages() {
    return messages.get();
  }

  /** One certificate for all doors, as making one starts a process. */
  private static final class Certificate {
    static final SSLContext TLS = made();

    private static SSLContext made() {
      try {
        return context();
      } catch (Exception broken) {
        throw new IllegalStateException(broken);
      }
    }
  }

  /** A certificate for localhost, made by the JDK's keytool. */
  private static SSLContext context() throws Exception {
    Path folder = Files.createTempDirectory("smtp-door");
    Path file = folder.resolve("key.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "door",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    keytool.getInputStream().readAllBytes();
    if (keytool.waitFor() != 0) {
      throw new IllegalStateException("keytool failed");
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, "changeit".toCharArray());
    }
    Files.delete(file);
    Files.delete(folder);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, "changeit".toCharArray());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        sockets.add(socket);
        threads.execute(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket plain) {
    try (Socket server = new Socket(InetAddress.getLoopbackAddress(), behind)) {
      sockets.add(server);
      BufferedReader fromServer = reader(server.getInputStream());
      OutputStream toServer = server.getOutputStream();
      Socket client = plain;
      BufferedReader fromClient = reader(client.getInputStream());
      write(client.getOutputStream(), answer(fromServer, false));
      boolean isProtected = false;
      boolean data = false;
      for (String line = fromClient.readLine(); line != null; line = fromClient.readLine()) {
        if (data) {
          write(toServer, line + "\r\n");
          if (line.equals(".")) {
            data = false;
            messages.incrementAndGet();
            arrived.countDown();
            String answer = answer(fromServer, false);
            if (!hangsAfter.equals("DATA")) {
              write(client.getOutputStream(), answer);
            }
          }
          continue;
        }
        String command = line.split("[ :]")[0].toUpperCase(Locale.ROOT);
        if (isProtected && protectedFrom.isEmpty()) {
          protectedFrom = command;
        }
        if (command.equals("STARTTLS")) {
          write(client.getOutputStream(), "220 go ahead\r\n");
          SSLSocket secure =
              (SSLSocket) tls.getSocketFactory().createSocket(client, "localhost", port(), true);
          secure.setUseClientMode(false);
          secure.startHandshake();
          client = secure;
          fromClient = reader(client.getInputStream());
          isProtected = true;
          continue;
        }
        if (says.containsKey(command)) {
          write(client.getOutputStream(), says.get(command) + "\r\n");
          continue;
        }
        write(toServer, line + "\r\n");
        boolean hello = command.equals("EHLO") && offersTls && !isProtected;
        String answer = answer(fromServer, hello);
        write(client.getOutputStream(), answer);
        data = command.equals("DATA") && answer.startsWith("354");
      }
    } catch (IOException ended) {
      // a client that went, or the end of the test
    } finally {
      close(plain);
    }
  }

  /** An answer of one or more lines; with STARTTLS among what is offered. */
  private static String answer(BufferedReader from, boolean offer) throws IOException {
    StringBuilder answer = new StringBuilder();
    for (String line = from.readLine(); line != null; line = from.readLine()) {
      boolean last = line.length() < 4 || line.charAt(3) == ' ';
      if (last && offer) {
        answer.append("250-STARTTLS\r\n");
      }
      answer.append(line).append("\r\n");
      if (last) {
        break;
      }
    }
    return answer.toString();
  }

  private static BufferedReader reader(InputStream in) {
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    sockets.forEach(SmtpDoor::close);
    threads.shutdownNow();
  }
}
