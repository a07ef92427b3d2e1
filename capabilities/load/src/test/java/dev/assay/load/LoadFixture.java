package dev.assay.load;

import dev.assay.api.evidence.Event;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.problem.Place;
import dev.assay.api.spi.WorkspaceSection;
import dev.assay.core.parse.Vocabulary;
import dev.assay.core.parse.WorkspaceParser;
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
import java.util.Set;
import org.HdrHistogram.Histogram;

/** Builds load checks as they are written, and runs them for tests. */
final class LoadFixture {

  private double rate = 100;
  private Duration length = Duration.ofSeconds(1);
  private String model;
  private final Map<String, Object> keys = new LinkedHashMap<>();
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final List<String> flow = new ArrayList<>();
  private final List<String> more = new ArrayList<>();
  private final List<String> variables = new ArrayList<>();
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

  /** The keys of another model than a constant rate, as lines of the workspace. */
  LoadFixture model(String lines) {
    model = lines;
    return this;
  }

  LoadFixture connections(int most) {
    keys.put("connections", most);
    return this;
  }

  LoadFixture timeout(Duration time) {
    keys.put("timeout", seconds(time));
    return this;
  }

  LoadFixture warmUp(Duration time) {
    keys.put("warm up", seconds(time));
    return this;
  }

  LoadFixture maxWaiting(int most) {
    keys.put("max waiting", most);
    return this;
  }

  LoadFixture header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  LoadFixture url(String template) {
    keys.put("url", JsonWriter.canonical(Json.of(template)));
    return this;
  }

  LoadFixture own() {
    keys.put("i own this target", true);
    return this;
  }

  /** Any further keys of the check, as lines of the workspace. */
  LoadFixture with(String lines) {
    more.add(lines);
    return this;
  }

  /** Names that the context gives values to. */
  LoadFixture knowing(String... names) {
    variables.addAll(List.of(names));
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

  /** A step as written. */
  LoadFixture step(String yaml) {
    flow.add(yaml.strip());
    return this;
  }

  LoadFixture get(String path) {
    return step("get: " + JsonWriter.canonical(Json.of(path)));
  }

  LoadFixture get(String path, String status) {
    return step(
        "{ get: "
            + JsonWriter.canonical(Json.of(path))
            + ", expect: { status: "
            + JsonWriter.canonical(Json.of(status))
            + " } }");
  }

  private static String seconds(Duration time) {
    return time.toMillis() + " ms";
  }

  private String written() {
    StringBuilder text = new StringBuilder("workspace: test\nvariables:\n  unused: x\n");
    variables.forEach(name -> text.append("  ").append(name).append(": x\n"));
    text.append("checks:\n  check:\n    load:\n");
    text.append(
        (model == null ? "rate: " + rate + "/s\nfor: " + seconds(length) : model)
            .strip()
            .indent(6));
    keys.forEach(
        (key, value) -> text.append("      ").append(key).append(": ").append(value).append('\n'));
    if (!headers.isEmpty()) {
      text.append("      headers:\n");
      headers.forEach((name, value) ->
          text.append("        ")
              .append(JsonWriter.canonical(Json.of(name)))
              .append(": ")
              .append(JsonWriter.canonical(Json.of(value)))
              .append('\n'));
    }
    more.forEach(lines -> text.append(lines.strip().indent(6)));
    if (!flow.isEmpty()) {
      text.append("      flow:\n");
      flow.forEach(step -> text.append("        - ").append(step.indent(10).stripLeading()));
    }
    return text.toString();
  }

  LoadConfiguration configuration() {
    return (LoadConfiguration)
        new WorkspaceParser(
                new Vocabulary(List.of(new LoadCheckType()), List.of(), List.of(new Networks())),
                Map.of())
            .parse(written(), Path.of("test.yaml"))
            .check("check")
            .configuration();
  }

  /** Names of networks that tests give meaning to. */
  private static final class Networks implements WorkspaceSection<Networks.Nothing> {

    record Nothing(Place place) {}

    @Override
    public String name() {
      return "conditions";
    }

    @Override
    public String summary() {
      return "Networks.";
    }

    @Override
    public Class<Nothing> entry() {
      return Nothing.class;
    }

    @Override
    public Set<String> builtIn() {
      return Set.of("far", "narrow", "offline");
    }
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
