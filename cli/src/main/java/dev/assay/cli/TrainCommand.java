package dev.assay.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/**
 * What the launcher has recorded when it makes the start-up cache: the work that people wait for.
 */
@Command(name = "train", hidden = true, description = "Does a little of everything.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TrainCommand implements Callable<Integer> {

  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok"
          .getBytes(StandardCharsets.US_ASCII);

  @ParentCommand private AssayCommand assay;

  @Parameters(paramLabel = "FILE", description = "A workspace to run.")
  private Path workspace;

  @Override
  public Integer call() throws IOException {
    Console console = assay.console();
    int code = CommandLineRunner.run(console, "run", "--plain", workspace.toString());
    try (ServerSocket server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> serve(server));
      String url = "http://127.0.0.1:" + server.getLocalPort() + "/";
      // Never into the ledger of the folder that somebody happens to stand in.
      String ledger = workspace.toAbsolutePath().resolveSibling(".assay").toString();
      CommandLineRunner.run(
          console, "load", url, "--rate", "2000", "--for", "1s", "--plain", "--ledger", ledger);
    }
    return code;
  }

  private static void serve(ServerSocket server) {
    try {
      while (true) {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> answer(socket));
      }
    } catch (IOException closed) {
      // the training is over
    }
  }

  /** Requests of the training have no body, and each ends in an empty line. */
  private static void answer(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      int matched = 0;
      for (int b = in.read(); b >= 0; b = in.read()) {
        boolean expected = b == (matched % 2 == 0 ? '\r' : '\n');
        matched = expected ? matched + 1 : 0;
        if (matched == 4) {
          matched = 0;
          socket.getOutputStream().write(ANSWER);
        }
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
