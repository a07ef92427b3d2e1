package dev.assay.load;

import dev.assay.api.problem.Place;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.CheckContext;
import dev.assay.load.engine.Origin;
import dev.assay.load.engine.Protocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The servers that a check goes to: each is looked up once, before anything is sent, and refused
 * where load on it is not allowed.
 */
final class Origins {

  /** The rate up to which nobody has to say that a target elsewhere is theirs. */
  static final double HARMLESS_RATE = 50;

  private final CheckContext context;
  private final LoadConfiguration configuration;
  private final double peak;
  private final Protocol protocol;
  private final List<Origin> found = new ArrayList<>();

  /**
   * Servers of a check.
   *
   * @param peak the highest rate of arrivals; infinite where nothing bounds it
   */
  Origins(CheckContext context, LoadConfiguration configuration, Protocol protocol, double peak) {
    this.context = context;
    this.configuration = configuration;
    this.protocol = protocol;
    this.peak = peak;
  }

  /** All servers so far. */
  List<Origin> all() {
    return List.copyOf(found);
  }

  /** The number of the server at an address. */
  int of(Address address, @Nullable Path unixSocket, Place place) {
    for (int i = 0; i < found.size(); i++) {
      Origin one = found.get(i);
      if (one.scheme().equals(address.scheme())
          && one.host().equalsIgnoreCase(address.host())
          && one.port() == address.port()) {
        return i;
      }
    }
    SocketAddress target =
        unixSocket == null
            ? lookUp(address, place)
            : UnixDomainSocketAddress.of(context.folder().resolve(unixSocket));
    LoadConfiguration.Tls tls = configuration.tls();
    String serverName = tls == null ? null : tls.serverName();
    found.add(
        new Origin(
            address.scheme(),
            address.host(),
            address.port(),
            serverName == null ? address.host() : serverName,
            target,
            protocol));
    return found.size() - 1;
  }

  private SocketAddress lookUp(Address address, Place place) {
    InetAddress first = first(address);
    if (!first.isLoopbackAddress()
        && peak > HARMLESS_RATE
        && !configuration.iOwnThisTarget()
        && !environment(address)) {
      throw LoadProblems.NOT_OWN.failure(
          place,
          "the target "
              + context.redact(address.authority())
              + " is neither this machine nor an environment of the workspace, and more than 50/s"
              + " may go to it",
          "write 'i own this target: true' (on the command line --i-own-this-target) if you may put"
              + " load on it, or lower the rate");
    }
    return new InetSocketAddress(first, address.port());
  }

  /** Whether the workspace itself names it as an environment. */
  private boolean environment(Address address) {
    return Stream.concat(context.target().stream(), context.environments().stream())
        .filter(known -> known.getHost() != null && known.getRawUserInfo() == null)
        .anyMatch(known -> Address.of(known, Place.NONE).sameOrigin(address));
  }

  private InetAddress first(Address address) {
    @Nullable InetAddress[] all;
    try {
      all = InetAddress.getAllByName(address.host());
    } catch (UnknownHostException unknown) {
      throw LoadProblems.HOST.failure(
          Where.named(context.redact(address.authority())),
          "the name '" + context.redact(address.host()) + "' has no address",
          "correct the name, or make the resolver of this machine know it");
    }
    for (InetAddress one : all) {
      if (one != null) {
        return one;
      }
    }
    throw new IllegalStateException("a name was found without an address");
  }

  /** The environment's address. */
  @Nullable URI target() {
    return context.target().orElse(null);
  }
}
