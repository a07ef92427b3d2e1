package dev.assay.load;

import dev.assay.api.spi.Cancellation;
import dev.assay.api.spi.Check;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.EvidenceSink;
import dev.assay.load.engine.Courtesy;
import dev.assay.load.engine.Interval;
import dev.assay.load.engine.LoadEngine;
import dev.assay.load.engine.LoadPlan;
import dev.assay.load.engine.Origin;
import dev.assay.load.engine.Rehearsal;
import dev.assay.load.engine.SocketKind;
import dev.assay.load.engine.Sockets;
import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
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
    this(configuration, sockets(configuration), new FileLimit(Path.of("/proc/self")), CORES, null);
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

  private static SocketKind sockets(LoadConfiguration configuration) {
    LoadConfiguration.Generator generator = configuration.generator();
    return switch (generator == null
        ? LoadConfiguration.Generator.Reach.BEST
        : generator.sockets()) {
      case BEST -> SocketKind.best();
      case EPOLL -> SocketKind.EPOLL;
      case IO_URING -> SocketKind.IO_URING;
      case NIO -> SocketKind.NIO;
    };
  }

  private void usable() {
    String missing = sockets.missing();
    if (missing != null) {
      throw LoadProblems.SOCKETS.failure(
          configuration.place(),
          "sockets cannot be reached by " + sockets.label() + " here: " + missing,
          "leave 'sockets' (on the command line --sockets) out, which takes the best there is");
    }
  }

  @Override
  public void run(CheckContext context, EvidenceSink sink) throws Exception {
    usable();
    AtomicReference<@Nullable SslContext> made = new AtomicReference<>(trust);
    try {
      run(context, sink, once(made, new TlsContexts(context, configuration)));
    } finally {
      if (trust == null) {
        // Connections that are still closing hold it by themselves.
        ReferenceCountUtil.release(made.get());
      }
    }
    context.cancellation().check();
  }

  private void run(CheckContext context, EvidenceSink sink, Supplier<SslContext> tls)
      throws Exception {
    LoadConfiguration.Capacity capacity = configuration.capacity();
    LoadConfiguration shared = capacity == null ? configuration : configuration.probing(capacity);
    LoadPlan plan = new PlanCompiler(context, shared, tls).compile(cores);
    files.allows(plan.connections() * plan.origins().size() + plan.webSockets());
    context.cancellation().check();
    if (Rehearsal.wanted(plan)) {
      Rehearsal.of(plan, context.clock(), sockets);
      context.cancellation().check();
    }
    boolean secure = plan.origins().stream().anyMatch(Origin::tls);
    boolean resumes = TlsContexts.resumes(configuration.tls());
    Sockets by = new Sockets(sockets, secure ? tls.get() : null, resumes);
    if (capacity != null) {
      new CapacityCheck(context, sink, configuration, capacity, plan, by).run();
      return;
    }
    try (LoadEngine engine = LoadEngine.start(plan, context.clock(), by);
        Cancellation.Registration _ = context.cancellation().onRequest(engine::stop)) {
      LoadReporter reporter = new LoadReporter(context, sink, plan, engine.measuredStart());
      Courtesy.Work report = () -> report(engine, reporter);
      if (plan.arrives()) {
        Courtesy.behind("load-report", report);
      } else {
        report.run(); // nothing is late, and stepping back costs the first request of a young JVM
      }
      reporter.finish(
          context.clock().now(), context.cancellation().requested(), engine.emptyFeeder());
    }
  }

  private static void report(LoadEngine engine, LoadReporter reporter) throws InterruptedException {
    Interval interval = engine.next();
    while (interval != null) {
      reporter.report(interval, engine.busy());
      interval = engine.next();
    }
  }

  /** The same context for the load and for what is asked before it. */
  private static Supplier<SslContext> once(
      AtomicReference<@Nullable SslContext> made, TlsContexts making) {
    return () -> {
      SslContext ready = made.get();
      if (ready == null) {
        ready = making.make();
        made.set(ready);
      }
      return ready;
    };
  }
}
