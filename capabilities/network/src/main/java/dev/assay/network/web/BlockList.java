package dev.assay.network.web;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Hosts and ports that a proxy refuses. Each rule is a host ({@code example.com}), all hosts under
 * a domain ({@code *.example.com}), a network ({@code 10.0.0.0/8}, {@code fd00::/8}), an address, a
 * port of any host ({@code :25}), or a host with a port ({@code example.com:8080}, {@code
 * *.example.com:22}). Immutable.
 */
public final class BlockList {

  /** Nothing is refused. */
  public static final BlockList NONE = new BlockList(List.of());

  private static final Pattern HOST =
      Pattern.compile("(\\*\\.)?[A-Za-z0-9_]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9_])?");

  private record Rule(String written, String host, Optional<AddressRange> range, int port) {

    boolean matches(String wanted, Optional<InetAddress> address, int wantedPort) {
      if (port != 0 && port != wantedPort) {
        return false;
      }
      if (range.isPresent()) {
        return address.isPresent() && range.get().contains(address.get());
      }
      if (host.startsWith("*.")) {
        return wanted.endsWith(host.substring(1));
      }
      return host.isEmpty() || host.equals(wanted);
    }
  }

  private final List<Rule> rules;

  private BlockList(List<Rule> rules) {
    this.rules = rules;
  }

  /**
   * Reads rules.
   *
   * @throws IllegalArgumentException with a sentence for people, if one is none of the forms
   */
  public static BlockList parse(List<String> written) {
    List<Rule> rules = new ArrayList<>();
    for (String rule : written) {
      rules.add(rule(rule.strip()));
    }
    return new BlockList(List.copyOf(rules));
  }

  private static Rule rule(String written) {
    Optional<AddressRange> range = AddressRange.parse(written);
    if (range.isPresent()) {
      return new Rule(written, "", range, 0);
    }
    int colon = written.lastIndexOf(':');
    String host = colon < 0 ? written : written.substring(0, colon);
    int port = colon < 0 ? 0 : port(written, written.substring(colon + 1));
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    Optional<AddressRange> address = AddressRange.parse(host);
    if (address.isPresent()) {
      return new Rule(written, "", address, port);
    }
    if (!(host.isEmpty() && port > 0) && !HOST.matcher(host).matches()) {
      throw new IllegalArgumentException(
          "'"
              + written
              + "' is not a host, *.domain, address, network such as 10.0.0.0/8, or :port");
    }
    return new Rule(written, host.toLowerCase(Locale.ROOT), Optional.empty(), port);
  }

  private static int port(String written, String text) {
    try {
      int port = Integer.parseInt(text);
      if (port > 0 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException("'" + written + "' has no port from 1 to 65535");
  }

  /** Whether any rule needs the address of a host, and not its name alone. */
  public boolean asksAddresses() {
    return rules.stream().anyMatch(rule -> rule.range().isPresent());
  }

  /**
   * The rule that refuses a target, as written.
   *
   * @param host a name or an address, without brackets
   * @param address where the host is, if that is known
   */
  public Optional<String> refusing(String host, Optional<InetAddress> address, int port) {
    String wanted = host.toLowerCase(Locale.ROOT);
    while (wanted.endsWith(".")) {
      wanted = wanted.substring(0, wanted.length() - 1);
    }
    for (Rule rule : rules) {
      if (rule.matches(wanted, address, port)) {
        return Optional.of(rule.written());
      }
    }
    return Optional.empty();
  }
}
