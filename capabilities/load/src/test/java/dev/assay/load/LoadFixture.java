package dev.assay.load;

import dev.assay.api.evidence.Event;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.problem.Place;
import dev.assay.api.value.Comparison;
import dev.assay.api.value.Rate;
import dev.assay.api.value.Template;
import dev.assay.load.engine.SocketKind;
import dev.assay.stats.HistogramEncoding;
import dev.assay.testkit.RecordingSink;
import dev.assay.testkit.TestContext;
import io.netty.handler.ssl.SslContext;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Builds and runs load checks for tests. */
final class LoadFixture {

  private double rate = 100;
  private Duration length = Duration.ofSeconds(1);
  private int connections = 16;
  private Duration timeout = Duration.ofSeconds(5);
  private Duration warmUp = Duration.ZERO;
  private int maxWaiting = 10_000;
  private final Map<String, Template> headers = new LinkedHashMap<>();
  private final List<LoadStep> flow = new ArrayList<>();
  private Template url;
  private boolean own;
  private SocketKind sockets = SocketKind.best();
  private Path process = Path.of("/proc/self");
  private int cores = 2;
  private SslContext trust;

  LoadFixture rate(double perSecond) {
    rate = perSecond;
    return this;
  }

  LoadFixture lasting(Duration time) {
    length = time;
    return this;
  }

  LoadFixture connections(int most) {
    connections = most;
    return this;
  }

  LoadFixture timeout(Duration time) {
    timeout = time;
    return this;
  }

  LoadFixture warmUp(Duration time) {
    warmUp = time;
    return this;
  }

  LoadFixture maxWaiting(int most) {
    maxWaiting = most;
    return this;
  }

  LoadFixture header(String name, String value) {
    headers.put(name, Template.parse(value));
    return this;
  }

  LoadFixture url(String template) {
    url = Template.parse(template);
    return this;
  }

  LoadFixture own() {
    own = true;
    return this;
  }

  LoadFixture sockets(SocketKind kind) {
    sockets = kind;
    return this;
  }

  LoadFixture process(Path folder) {
    process = folder;
    return this;
  }

  LoadFixture cores(int many) {
    cores = many;
    return this;
  }

  LoadFixture trust(SslContext context) {
    trust = context;
    return this;
  }

  LoadFixture step(LoadStep step) {
    flow.add(step);
    return this;
  }

  LoadFixture get(String path) {
    return step(getStep(path, null));
  }

  LoadFixture get(String path, String status) {
    return step(getStep(path, status));
  }

  private static LoadStep getStep(String path, String status) {
    LoadStep.Expected expected =
        status == null ? null : new LoadStep.Expected(Comparison.parse(status));
    return new LoadStep(
        null,
        Template.parse(path),
        null,
        null,
        null,
        null,
        null,
        Map.of(),
        null,
        null,
        expected,
        Place.NONE);
  }

  static LoadStep headStep(String path) {
    return new LoadStep(
        null,
        null,
        null,
        null,
        null,
        null,
        Template.parse(path),
        Map.of(),
        null,
        null,
        null,
        Place.NONE);
  }

  LoadConfiguration configuration() {
    return new LoadConfiguration(
        new Rate(rate),
        length,
        connections,
        timeout,
        warmUp,
        maxWaiting,
        headers,
        flow,
        url,
        own,
        Place.NONE);
  }

  Run run(URI target) throws Exception {
    return run(new TestContext(Path.of("."), Path.of("."), target));
  }

  Run run(TestContext context) throws Exception {
    RecordingSink sink = new RecordingSink("check");
    run(context, sink);
    return new Run(sink, context);
  }

  void run(TestContext context, RecordingSink sink) throws Exception {
    new LoadCheck(configuration(), sockets, new FileLimit(process), cores, trust)
        .run(context, sink);
  }

  /** What a run left behind. */
  record Run(RecordingSink sink, TestContext context) {

    long sum(String metric) {
      return sink.sum(metric);
    }

    long errors(String kind) {
      return sink.measurements("errors.by.kind").stream()
          .filter(m -> kind.equals(m.labels().get("kind")))
          .mapToLong(m -> ((Measured.Count) m.value()).value())
          .sum();
    }

    long errorsTotal() {
      return sink.measurements("errors").stream()
          .mapToLong(m -> ((Measured.Proportion) m.value()).total())
          .sum();
    }

    long requestsOf(String step) {
      return sink.measurements("requests").stream()
          .filter(m -> step.equals(m.labels().get("step")))
          .mapToLong(m -> ((Measured.Count) m.value()).value())
          .sum();
    }

    Histogram histogram(String metric) {
      Histogram all = new Histogram(3);
      for (Measurement measurement : sink.measurements(metric)) {
        Measured.Distribution one = (Measured.Distribution) measurement.value();
        Histogram decoded = HistogramEncoding.decode(one.histogram());
        if (decoded.getTotalCount() != one.count()) {
          throw new AssertionError("the count is not that of the histogram");
        }
        all.add(decoded);
      }
      return all;
    }

    long summary(String count) {
      return Long.parseLong(summary().labels().get(count));
    }

    Event summary() {
      return events("load.summary").getFirst();
    }

    List<Event> events(String kind) {
      return sink.of(Event.class).stream().filter(event -> event.kind().equals(kind)).toList();
    }

    List<Finding> findings() {
      return sink.of(Finding.class);
    }

    /** Every arrival ended in one way. */
    void accountsFor(long intended) {
      long ended =
          summary("completed") + summary("failed") + summary("dropped") + summary("unsent");
      if (summary("intended") != intended || ended != intended || summary("in flight") != 0) {
        throw new AssertionError("not every arrival is accounted for: " + summary().message());
      }
    }
  }
}
