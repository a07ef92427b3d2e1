package dev.assay.load;

import dev.assay.api.spi.Cancellation;
import dev.assay.api.spi.Check;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.EvidenceSink;
import dev.assay.load.engine.Interval;
import dev.assay.load.engine.LoadEngine;
import dev.assay.load.engine.LoadPlan;
import dev.assay.load.engine.Origin;
import dev.assay.load.engine.SocketKind;
import dev.assay.load.engine.Sockets;
import io.netty.handler.ssl.SslContext;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Carries out a load check: compile, send, report. The calling thread is the reporter. */
final class LoadCheck implements Check {

  /** How many loops a run may have where nothing else is said: one for each core. */
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  private final LoadConfiguration configuration;
  private final SocketKind sockets;
  private final FileLimit files;
  private final int cores;
  private final @Nullable SslContext trust;

  LoadCheck(LoadConfiguration configuration) {
    this(configuration, SocketKind.best(), new FileLimit(Path.of("/proc/self")), CORES, null);
  }

  /**
   * A check on chosen parts of the machine.
   *
   * @param trust how TLS is spoken; null for what the JDK trusts
   */
  LoadCheck(
      LoadConfiguration configuration,
      SocketKind sockets,
      FileLimit files,
      int cores,
      @Nullable SslContext trust) {
    this.configuration = configuration;
    this.sockets = sockets;
    this.files = files;
    this.cores = cores;
    this.trust = trust;
  }

  @Override
  public void run(CheckContext context, EvidenceSink sink) throws Exception {
    LoadConfiguration.Capacity capacity = configuration.capacity();
    LoadPlan plan =
        new PlanCompiler(
                context, capacity == null ? configuration : configuration.probing(capacity))
            .compile(cores);
    files.allows(plan.connections() * plan.origins().size());
    context.cancellation().check();
    boolean secure = plan.origins().stream().anyMatch(Origin::tls);
    SslContext tls = secure ? tls(context) : null;
    if (capacity != null) {
      new CapacityCheck(context, sink, configuration, capacity, plan, new Sockets(sockets, tls))
          .run();
      return;
    }
    try (LoadEngine engine = LoadEngine.start(plan, context.clock(), new Sockets(sockets, tls));
        Cancellation.Registration _ = context.cancellation().onRequest(engine::stop)) {
      LoadReporter reporter = new LoadReporter(context, sink, plan, engine.measuredStart());
      Interval interval = engine.next();
      while (interval != null) {
        reporter.report(interval);
        interval = engine.next();
      }
      reporter.finish(
          context.clock().now(), context.cancellation().requested(), engine.emptyFeeder());
    }
    context.cancellation().check();
  }

  private SslContext tls(CheckContext context) {
    SslContext given = trust;
    return given == null ? new TlsContexts(context, configuration).make() : given;
  }
}
