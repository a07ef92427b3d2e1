package dev.assay.network;

import dev.assay.api.evidence.Event;
import dev.assay.api.problem.Problem;
import dev.assay.api.spi.PartContext;
import dev.assay.api.spi.Reference;
import dev.assay.api.spi.RunPart;
import dev.assay.api.spi.WorkspaceSection;
import dev.assay.api.value.Template;
import dev.assay.network.link.Condition;
import dev.assay.network.link.Link;
import dev.assay.network.proxy.Address;
import dev.assay.network.proxy.Links;
import dev.assay.network.proxy.ProxyStatistics;
import dev.assay.network.proxy.Rehearsal;
import dev.assay.network.proxy.TcpProxy;
import dev.assay.network.proxy.Transport;
import dev.assay.network.proxy.UdpProxy;
import dev.assay.network.web.CompanyProxy;
import dev.assay.network.web.WebProxy;
import dev.assay.network.web.WebProxyConfiguration;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The section {@code links}: proxies that run as long as the run does. */
final class LinksSection implements WorkspaceSection<LinkConfiguration> {

  private static final Duration REHEARSAL = Duration.ofMillis(400);
  private static final int THREADS_MOST = 4;

  @Override
  public String name() {
    return "links";
  }

  @Override
  public String summary() {
    return "Proxies that put a network link between a client and a server; ${port.NAME} is where one"
        + " listens.";
  }

  @Override
  public Class<LinkConfiguration> entry() {
    return LinkConfiguration.class;
  }

  @Override
  public void validate(Map<String, LinkConfiguration> entries, Consumer<Problem> problems) {
    entries.forEach((name, entry) -> {
      WebProxyConfiguration http = entry.http();
      boolean company = entry.protocol() == LinkConfiguration.Protocol.HTTP;
      if (!company && http != null) {
        problems.accept(
            NetworkProblems.LINK.at(
                http.place(),
                "the link '" + name + "' has `http`, but carries " + word(entry.protocol()),
                "add `protocol: http`, or leave `http` out"));
      }
      if (!company && http == null && entry.to() == null) {
        problems.accept(
            NetworkProblems.LINK.at(
                entry.place(),
                "the link '" + name + "' leads nowhere",
                "say where to: `to: host:port`"));
      }
      if (company && entry.to() != null) {
        problems.accept(
            NetworkProblems.LINK.at(
                entry.place(),
                "the link '" + name + "' has `to`, but clients of an HTTP proxy say where they go",
                "leave `to` out, or `protocol: http`"));
      }
      if (http != null) {
        CompanyProxy.validate(http, http.place(), problems);
      }
    });
  }

  private static String word(LinkConfiguration.Protocol protocol) {
    return protocol.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public List<Reference> references(LinkConfiguration entry) {
    String through = entry.through();
    return through == null
        ? List.of()
        : List.of(new Reference("conditions", through, entry.place()));
  }

  @Override
  public Set<String> ports(Map<String, LinkConfiguration> entries) {
    Set<String> names = new LinkedHashSet<>();
    entries.forEach((name, entry) -> {
      if (entry.listen() == null) {
        names.add(name);
      }
    });
    return names;
  }

  @Override
  public Optional<RunPart> open(Map<String, LinkConfiguration> entries, PartContext context) {
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    int threads =
        Math.clamp(
            Runtime.getRuntime().availableProcessors() / 2,
            1,
            Math.min(THREADS_MOST, entries.size()));
    Part part = new Part(Transport.open(threads), context);
    try {
      if (entries.values().stream().anyMatch(LinksSection::ofConnections)) {
        part.rehearse();
      }
      entries.forEach(part::add);
      return Optional.of(part);
    } catch (RuntimeException impossible) {
      part.close();
      throw impossible;
    }
  }

  /** Datagrams are few enough to be carried at once; a first connection cannot wait for code. */
  private static boolean ofConnections(LinkConfiguration entry) {
    return entry.protocol() != LinkConfiguration.Protocol.UDP;
  }

  /** The open links. */
  private static final class Part implements RunPart {
    private final Transport transport;
    private final PartContext context;
    private final List<RunningLink> links = new ArrayList<>();

    Part(Transport transport, PartContext context) {
      this.transport = transport;
      this.context = context;
    }

    void rehearse() {
      Rehearsal.of(transport, context.clock(), REHEARSAL);
    }

    void add(String name, LinkConfiguration entry) {
      String through = entry.through();
      Condition condition =
          through == null
              ? Condition.NONE
              : context
                  .find(Conditions.class)
                  .orElseGet(Conditions::profiles)
                  .named(through, entry.place());
      Link link = new Link(condition, context.seed() ^ name.hashCode());
      links.add(
          switch (entry.protocol()) {
            case TCP -> new RunningLink(name, tcp(link, listen(name, entry), to(name, entry)));
            case UDP -> new RunningLink(name, udp(link, listen(name, entry), to(name, entry)));
            case HTTP -> http(name, link, entry);
          });
    }

    private InetSocketAddress to(String name, LinkConfiguration entry) {
      Template to = entry.to();
      if (to == null) {
        throw NetworkProblems.LINK.failure(
            entry.place(), "the link '" + name + "' leads nowhere", "say where to");
      }
      return Address.of(context.fill(to, entry.place()), entry.place());
    }

    private InetSocketAddress listen(String name, LinkConfiguration entry) {
      Template listen = entry.listen();
      if (listen != null) {
        return Address.of(context.fill(listen, entry.place()), entry.place());
      }
      InetSocketAddress kept =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), context.port(name));
      context.release(name);
      return kept;
    }

    private TcpProxy tcp(Link link, InetSocketAddress listen, InetSocketAddress to) {
      return TcpProxy.open(transport, context.clock(), TcpProxy.Setup.over(link, listen, to));
    }

    private UdpProxy udp(Link link, InetSocketAddress listen, InetSocketAddress to) {
      return UdpProxy.open(transport, context.clock(), listen, to, link);
    }

    /**
     * The link is in front of the company's proxy, between it and its clients, so everything that
     * can be wrong with a link can be wrong with this one, too.
     */
    private RunningLink http(String name, Link link, LinkConfiguration entry) {
      WebProxyConfiguration written = entry.http();
      WebProxy.Setup setup =
          written == null
              ? WebProxy.Setup.OPEN
              : CompanyProxy.setup(
                  written,
                  template -> context.fill(template, entry.place()),
                  context.folder(),
                  context.clock().now(),
                  written.place());
      WebProxy proxy =
          WebProxy.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), setup);
      try {
        return new RunningLink(name, tcp(link, listen(name, entry), proxy.address()), proxy::close);
      } catch (RuntimeException impossible) {
        proxy.close();
        throw impossible;
      }
    }

    @Override
    public <T> Optional<T> offer(Class<T> type) {
      return type == Links.class ? Optional.of(type.cast(new Links(links))) : Optional.empty();
    }

    @Override
    public void close() {
      for (RunningLink link : links) {
        ProxyStatistics figures = link.statistics();
        link.close();
        context.events().accept(carried(link.name(), figures));
      }
      transport.close();
    }

    private Event carried(String name, ProxyStatistics figures) {
      Map<String, String> labels = new LinkedHashMap<>();
      labels.put("connections", Long.toString(figures.connections()));
      labels.put("bytes.up", Long.toString(figures.bytesUp()));
      labels.put("bytes.down", Long.toString(figures.bytesDown()));
      labels.put("failed", Long.toString(figures.failed()));
      labels.put("resets", Long.toString(figures.resets()));
      labels.put("forgotten", Long.toString(figures.forgotten()));
      labels.put("stalled", Long.toString(figures.stalled()));
      labels.put("dropped", Long.toString(figures.dropped()));
      return new Event(
          "link:" + name,
          context.clock().now(),
          "link.carried",
          "the link "
              + name
              + " carried "
              + figures.bytesUp()
              + " B up and "
              + figures.bytesDown()
              + " B down for "
              + figures.connections()
              + " clients",
          labels);
    }
  }
}
