package dev.assay.network.proxy;

import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.network.NetworkProblems;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Reads addresses: {@code host:port}, {@code :port}, {@code [::1]:port}. */
public final class Address {

  private Address() {}

  /**
   * An address, looked up now; without a host it is loopback.
   *
   * @param where it is written
   * @throws ProblemException if it is none, or there is no such host
   */
  public static InetSocketAddress of(String text, Where where) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw wrong(text, where);
    }
    int port = port(text.substring(colon + 1));
    if (port < 0) {
      throw wrong(text, where);
    }
    if (host.isEmpty()) {
      host = "127.0.0.1";
    }
    try {
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException unknown) {
      throw NetworkProblems.ADDRESS.failure(
          where, "there is no host '" + host + "'", "name a host that this machine can look up");
    }
  }

  private static ProblemException wrong(String text, Where where) {
    return NetworkProblems.ADDRESS.failure(
        where, "'" + text + "' is no address", "write host:port, such as 127.0.0.1:5432");
  }

  private static int port(String digits) {
    if (!digits.matches("[0-9]{1,5}")) {
      return -1;
    }
    int port = Integer.parseInt(digits);
    return port > 65_535 ? -1 : port;
  }

  /** As it is written: {@code 127.0.0.1:9000}. */
  public static String text(InetSocketAddress address) {
    String host = address.getHostString();
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
