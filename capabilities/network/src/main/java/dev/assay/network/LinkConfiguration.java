package dev.assay.network;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.Default;
import dev.assay.api.spi.Doc;
import dev.assay.api.spi.Shorthand;
import dev.assay.api.value.Template;
import dev.assay.network.web.WebProxyConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * How a link of a workspace is written. Immutable.
 *
 * @param to the server; none where it carries HTTP, as clients say where they want to go
 * @param through the condition it begins with
 * @param protocol what it carries
 * @param http what the proxy of a company's network does; nothing of its own where it is missing
 * @param listen where it listens, if not on its port
 * @param place where it stands
 */
@Doc(
    "A proxy on loopback that runs as long as the run does. It listens on ${port.NAME}, and leads to"
        + " a server over a network link whose condition chaos can change.")
public record LinkConfiguration(
    @Doc(
            "The server: host:port. Not for `protocol: http`, whose clients say where they want to go.")
        @Shorthand
        @Nullable Template to,
    @Doc(
            "A condition of the workspace or a profile. Without it, the link passes everything at once.")
        @Nullable String through,
    @Doc(
            "What it carries: tcp, udp, or http, which is the proxy of a company's network as `http` says.")
        @Default("tcp")
        Protocol protocol,
    @Doc("What that proxy demands, refuses and opens.") @Nullable WebProxyConfiguration http,
    @Doc("Where it listens, if not on 127.0.0.1:${port.NAME}.") @Nullable Template listen,
    Place place) {

  /** What a link carries. */
  public enum Protocol {
    /** Connections. */
    TCP,
    /** Datagrams. */
    UDP,
    /** Requests and tunnels of clients that know it is a proxy. */
    HTTP
  }
}
