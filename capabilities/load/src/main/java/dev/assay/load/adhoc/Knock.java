package dev.assay.load.adhoc;

import dev.assay.api.problem.Where;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;

/** Looks whether somebody is at the target, before load is put on it. Immutable. */
public final class Knock {

  private Knock() {}

  /**
   * Opens one connection and closes it.
   *
   * @param url absolute, http or https
   * @param most how long that may take
   * @throws dev.assay.api.problem.ProblemException if the name has an address and nobody is there
   */
  public static void at(URI url, Duration most) {
    boolean tls = "https".equalsIgnoreCase(url.getScheme());
    int port = url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80;
    String host = url.getHost().replaceAll("^\\[|]$", "");
    Where where = Where.named(url.getRawAuthority());
    try (Socket socket = new Socket()) {
      InetAddress address = InetAddress.getByName(host);
      int millis = Math.clamp(most.toMillis(), 1, Integer.MAX_VALUE);
      socket.connect(new InetSocketAddress(address, port), millis);
    } catch (UnknownHostException unknown) {
      // the load itself looks the name up and says so
    } catch (IOException refused) {
      String why =
          refused instanceof SocketTimeoutException
              ? "no answer within " + AdHocWorkspace.duration(most)
              : String.valueOf(refused.getMessage()).toLowerCase(Locale.ROOT);
      throw AdHocProblems.NOBODY.failure(
          where,
          "port " + port + " of '" + host + "' cannot be connected to: " + why,
          "start the target, or correct the URL");
    }
  }
}
