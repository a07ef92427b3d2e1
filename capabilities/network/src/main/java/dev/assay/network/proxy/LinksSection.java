package dev.assay.network.proxy;

import dev.assay.api.evidence.Event;
import dev.assay.api.spi.PartContext;
import dev.assay.api.spi.Reference;
import dev.assay.api.spi.RunPart;
import dev.assay.api.spi.WorkspaceSection;
import dev.assay.network.Conditions;
import dev.assay.network.link.Condition;
import dev.assay.network.link.Link;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The section {@code links}: proxies that run as long as the run does. */
public final class LinksSection implements WorkspaceSection<LinkConfiguration> {

  private static final int THREADS_MOST = 4;

  /** Does no work. */
  public LinksSection() {}

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
      entries.forEach(part::add);
      return Optional.of(part);
    } catch (RuntimeException impossible) {
      part.close();
      throw impossible;
    }
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

    void add(String name, LinkConfiguration entry) {
      String through = entry.through();
      Condition condition =
          through == null
              ? Condition.NONE
              : context
                  .find(Conditions.class)
                  .orElseGet(Conditions::profiles)
                  .named(through, entry.place());
      InetSocketAddress to = Address.of(context.fill(entry.to(), entry.place()), entry.place());
      InetSocketAddress listen;
      if (entry.listen() == null) {
        listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), context.port(name));
        context.release(name);
      } else {
        listen = Address.of(context.fill(entry.listen(), entry.place()), entry.place());
      }
      Link link = new Link(condition, context.seed() ^ name.hashCode());
      links.add(
          entry.protocol() == LinkConfiguration.Protocol.UDP
              ? new RunningLink.Udp(
                  name, to, UdpProxy.open(transport, context.clock(), listen, to, link))
              : new RunningLink.Tcp(
                  name,
                  TcpProxy.open(
                      transport, context.clock(), TcpProxy.Setup.over(link, listen, to))));
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
