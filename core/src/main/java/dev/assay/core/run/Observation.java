package dev.assay.core.run;

import dev.assay.api.evidence.Finding;
import dev.assay.api.plan.CheckPlan;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.EvidenceSink;
import dev.assay.api.spi.ServiceObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Everything that looks at the services while one check runs. An observer that fails is a finding
 * and never the check's failure.
 */
final class Observation implements AutoCloseable {

  private final CheckContext context;
  private final EvidenceSink sink;
  private final List<Open> watches = new ArrayList<>();

  private record Open(String observer, ServiceObserver.Watch watch) {}

  private Observation(CheckContext context, EvidenceSink sink) {
    this.context = context;
    this.sink = sink;
  }

  /** Begins to look, where the check wants the machine for itself; else looks at nothing. */
  static Observation of(
      CheckPlan<?> check,
      List<ServiceObserver<?>> observers,
      List<RunningService> services,
      CheckContext context,
      EvidenceSink sink) {
    Observation observation = new Observation(context, sink);
    if (check.type().wantsMachine()) {
      for (ServiceObserver<?> observer : observers) {
        observation.open(observer, services, check.observed());
      }
    }
    return observation;
  }

  private <C extends Record> void open(
      ServiceObserver<C> observer, List<RunningService> services, Map<String, Record> own) {
    Class<C> type = observer.configuration();
    List<ServiceObserver.Service<C>> given = new ArrayList<>();
    for (RunningService service : services) {
      Record written = service.observed().get(observer.name());
      given.add(
          new ServiceObserver.Service<>(
              service.name(),
              service.process(),
              service.command(),
              written == null ? null : type.cast(written)));
    }
    Record written = own.get(observer.name());
    try {
      watches.add(
          new Open(
              observer.name(),
              observer.watch(context, given, written == null ? null : type.cast(written), sink)));
    } catch (RuntimeException broken) {
      failed(observer.name(), broken);
    }
  }

  private void failed(String observer, RuntimeException broken) {
    sink.emit(
        new Finding(
            context.check(),
            context.clock().now(),
            "observer.failed",
            Finding.Severity.WARNING,
            null,
            "services were not observed by '" + observer + "': " + broken,
            "observer.failed:" + observer,
            Map.of()));
  }

  /** Ends all of it, the last begun first. */
  @Override
  public void close() {
    for (Open open : watches.reversed()) {
      try {
        open.watch().close();
      } catch (RuntimeException broken) {
        failed(open.observer(), broken);
      }
    }
  }
}
