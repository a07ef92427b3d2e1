package dev.assay.virtual;

import dev.assay.api.evidence.Event;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.PartContext;
import dev.assay.api.spi.RunPart;
import dev.assay.api.spi.WorkspaceSection;
import dev.assay.api.value.Template;
import dev.assay.smpp.session.SmppTransport;
import dev.assay.smpp.session.Tls;
import dev.assay.virtual.smsc.Behaviour;
import dev.assay.virtual.smsc.SmscLedger;
import dev.assay.virtual.smsc.SmscTally;
import dev.assay.virtual.smsc.VirtualSmsc;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The section {@code virtual}: services that Assay plays as long as the run does. */
final class VirtualSection implements WorkspaceSection<VirtualConfiguration> {

  private static final int THREADS_MOST = 2;

  @Override
  public String name() {
    return "virtual";
  }

  @Override
  public String summary() {
    return "Services that Assay plays with the behaviour that is written; ${port.NAME} is where one"
        + " listens.";
  }

  @Override
  public Class<VirtualConfiguration> entry() {
    return VirtualConfiguration.class;
  }

  @Override
  public void validate(Map<String, VirtualConfiguration> entries, Consumer<Problem> problems) {
    SmscCompiler compiler = new SmscCompiler(problems);
    entries.values().forEach(entry -> compiler.behaviour(entry.smsc(), Template::toString));
  }

  @Override
  public Set<String> ports(Map<String, VirtualConfiguration> entries) {
    Set<String> names = new LinkedHashSet<>();
    entries.forEach((name, entry) -> {
      if (entry.listen() == null) {
        names.add(name);
      }
    });
    return names;
  }

  @Override
  public Optional<RunPart> open(Map<String, VirtualConfiguration> entries, PartContext context) {
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    int threads = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, THREADS_MOST);
    Part part = new Part(SmppTransport.open(threads, context.clock()), context);
    try {
      entries.forEach(part::add);
      return Optional.of(part);
    } catch (RuntimeException impossible) {
      part.close();
      throw impossible;
    }
  }

  /** The services that run. */
  private static final class Part implements RunPart {
    private final SmppTransport transport;
    private final PartContext context;
    private final Map<String, VirtualSmsc> smscs = new LinkedHashMap<>();
    private final List<Path> ledgers = new ArrayList<>();

    Part(SmppTransport transport, PartContext context) {
      this.transport = transport;
      this.context = context;
    }

    void add(String name, VirtualConfiguration entry) {
      List<Problem> problems = new ArrayList<>();
      Behaviour behaviour =
          new SmscCompiler(problems::add)
              .behaviour(entry.smsc(), template -> context.fill(template, entry.place()));
      if (!problems.isEmpty()) {
        throw new ProblemException(problems);
      }
      InetSocketAddress listen = listen(name, entry);
      SmscLedger ledger = SmscLedger.create(ledger(name), context.clock());
      try {
        smscs.put(
            name,
            VirtualSmsc.start(
                transport,
                context.clock(),
                listen,
                tls(entry.smsc().tls()),
                behaviour,
                context.seed() ^ name.hashCode(),
                ledger,
                true));
      } catch (RuntimeException impossible) {
        ledger.close();
        throw impossible;
      }
    }

    private Path ledger(String name) {
      try {
        Path file = Files.createTempFile("assay-smsc-" + name + "-", ".jsonl");
        ledgers.add(file);
        return file;
      } catch (IOException impossible) {
        throw VirtualProblems.LEDGER.failure(
            Where.named(name),
            "no file can be made for its ledger: " + impossible.getMessage(),
            "make room in the folder for temporary files");
      }
    }

    private @Nullable SslContext tls(@Nullable SmscTlsConfiguration written) {
      if (written == null) {
        return null;
      }
      Path folder = context.folder();
      String clients = written.clients();
      return Tls.server(
          folder.resolve(written.certificate()),
          folder.resolve(written.key()),
          clients == null ? null : folder.resolve(clients));
    }

    private InetSocketAddress listen(String name, VirtualConfiguration entry) {
      Template listen = entry.listen();
      if (listen == null) {
        int port = context.port(name);
        context.release(name);
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      }
      String address = context.fill(listen, entry.place());
      int colon = address.lastIndexOf(':');
      try {
        int port = Integer.parseInt(address.substring(colon + 1));
        return new InetSocketAddress(colon < 1 ? "127.0.0.1" : address.substring(0, colon), port);
      } catch (IllegalArgumentException noPort) {
        throw VirtualProblems.BEHAVIOUR.failure(
            entry.place(), "'" + address + "' is no address", "write host:port");
      }
    }

    @Override
    public <T> Optional<T> offer(Class<T> type) {
      return type == VirtualServices.class
          ? Optional.of(type.cast(new VirtualServices(smscs)))
          : Optional.empty();
    }

    @Override
    public void close() {
      smscs.forEach((name, smsc) -> {
        SmscTally tally = smsc.tally();
        smsc.close();
        context.events().accept(served(name, tally));
      });
      transport.close();
      for (Path ledger : ledgers) {
        try {
          Files.deleteIfExists(ledger);
        } catch (IOException stays) {
          // the system clears that folder
        }
      }
    }

    private Event served(String name, SmscTally tally) {
      Map<String, String> labels = new LinkedHashMap<>();
      SmscMetrics.of(tally).forEach((metric, value) -> labels.put(metric, Long.toString(value)));
      return new Event(
          "virtual:" + name,
          context.clock().now(),
          "virtual.served",
          "the SMSC "
              + name
              + " took "
              + tally.accepted()
              + " of "
              + tally.submits()
              + " messages, and sent "
              + tally.receipts()
              + " receipts",
          labels);
    }
  }
}
