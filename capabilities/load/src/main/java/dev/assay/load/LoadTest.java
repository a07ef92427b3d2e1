package dev.assay.load;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.EvidenceSink;
import dev.assay.api.value.Comparison;
import dev.assay.api.value.Rate;
import dev.assay.api.value.Template;
import dev.assay.load.feed.Take;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A load check written in Java instead of YAML. It builds the same {@link LoadConfiguration}, so it
 * yields the same plan, arrivals and requests:
 *
 * <pre>{@code
 * LoadResult result =
 *     LoadTest.open(500).perSecond().lasting(Duration.ofSeconds(30))
 *         .get("/products").expectStatus(200).save("id", "$[0].id")
 *         .post("/orders").json("{\"product\": \"${id}\"}").expectStatus(201)
 *         .run(URI.create("http://127.0.0.1:8080"));
 * }</pre>
 *
 * <p>Texts are templates: {@code ${id}} is what a step saved, {@code ${people.name}} a column of a
 * feeder. Methods that change a request change the last one. Not thread-safe; each method returns
 * this.
 */
public final class LoadTest {

  private final List<LoadPhase> phases = new ArrayList<>();
  private final List<Draft> flow = new ArrayList<>();
  private final Map<String, Template> headers = new LinkedHashMap<>();
  private final Map<String, LoadFeeder> feeders = new LinkedHashMap<>();
  private @Nullable Rate rate;
  private @Nullable Rate to;
  private @Nullable Integer users;
  private @Nullable Duration length;
  private LoadPhase.Spread spread = LoadPhase.Spread.EVEN;
  private String thinkTime = "0s";
  private boolean warmsUp;
  private int connections = 64;
  private Duration timeout = Duration.ofSeconds(10);
  private String protocol = "http/1.1";
  private boolean cookies;
  private boolean own;
  private @Nullable LoadThrough through;

  private LoadTest() {}

  /** The open model: so many arrivals in a time that the next call says. */
  public static Arriving open(double arrivals) {
    return new Arriving(new LoadTest(), arrivals);
  }

  /** The closed model: so many users who begin anew when they are through. */
  public static LoadTest closed(int users) {
    LoadTest test = new LoadTest();
    test.users = users;
    return test;
  }

  /** Arrivals that still lack their time. */
  public static final class Arriving {

    private final LoadTest test;
    private final double arrivals;

    private Arriving(LoadTest test, double arrivals) {
      this.test = test;
      this.arrivals = arrivals;
    }

    /** In each second. */
    public LoadTest perSecond() {
      test.rate = new Rate(arrivals);
      return test;
    }

    /** In each minute. */
    public LoadTest perMinute() {
      test.rate = new Rate(arrivals / 60);
      return test;
    }
  }

  // ---- how users come

  /** For so long, more than 0 and at most 7 days. */
  public LoadTest lasting(Duration time) {
    length = time;
    return this;
  }

  /** The rate changes evenly to this many arrivals in a second. */
  public LoadTest climbingTo(double perSecond) {
    to = new Rate(perSecond);
    return this;
  }

  /** Arrivals are independent of each other. */
  public LoadTest poisson() {
    spread = LoadPhase.Spread.POISSON;
    return this;
  }

  /** Users pause so long between two passes. */
  public LoadTest thinking(Duration low, Duration high) {
    thinkTime = low.toMillis() + " ms.." + high.toMillis() + " ms";
    return this;
  }

  /** What was said so far of how users come is only a warm-up, in no statistic. */
  public LoadTest asWarmUp() {
    warmsUp = true;
    return this;
  }

  /** A further phase follows: so many arrivals in a second. */
  public LoadTest thenOpen(double perSecond) {
    endPhase();
    rate = new Rate(perSecond);
    return this;
  }

  /** A further phase follows: so many users. */
  public LoadTest thenClosed(int many) {
    endPhase();
    users = many;
    return this;
  }

  /** What was said of how users come since the last phase. */
  private LoadPhase phase() {
    return new LoadPhase(
        null,
        rate,
        to,
        null,
        null,
        spread,
        null,
        users,
        null,
        thinkTime,
        null,
        length,
        null,
        warmsUp,
        false,
        Place.NONE);
  }

  private void endPhase() {
    phases.add(phase());
    rate = null;
    to = null;
    users = null;
    length = null;
    spread = LoadPhase.Spread.EVEN;
    thinkTime = "0s";
    warmsUp = false;
  }

  // ---- how requests are sent

  /** The most connections at once to a server. */
  public LoadTest connections(int most) {
    connections = most;
    return this;
  }

  /** How long a connection and a request may take. */
  public LoadTest timeout(Duration most) {
    timeout = most;
    return this;
  }

  /** HTTP/2 is spoken. */
  public LoadTest http2() {
    protocol = "h2";
    return this;
  }

  /** Each user keeps the cookies it is given. */
  public LoadTest cookies() {
    cookies = true;
    return this;
  }

  /** A header of every request. */
  public LoadTest everyHeader(String name, String value) {
    headers.put(name, Template.parse(value));
    return this;
  }

  /** Records for users, from a CSV file below the folder of the run. */
  public LoadTest csv(String name, String file) {
    feeders.put(name, new LoadFeeder(file, null, Map.of(), Take.CIRCULAR, Place.NONE));
    return this;
  }

  /** You may put load on a target that is not this machine. */
  public LoadTest iOwnThisTarget() {
    own = true;
    return this;
  }

  /**
   * Puts each user on a link of its own, with connections of its own.
   *
   * @param condition a profile such as {@code 4g}, or in a workspace one of its conditions
   */
  public LoadTest through(String condition) {
    through = new LoadThrough(condition, Map.of(), 1, Place.NONE);
    return this;
  }

  // ---- what users do

  /** A GET of a path or URL. */
  public LoadTest get(String path) {
    flow.add(Draft.request("GET", path));
    return this;
  }

  /** A POST to a path or URL. */
  public LoadTest post(String path) {
    flow.add(Draft.request("POST", path));
    return this;
  }

  /** A PUT to a path or URL. */
  public LoadTest put(String path) {
    flow.add(Draft.request("PUT", path));
    return this;
  }

  /** A DELETE of a path or URL. */
  public LoadTest delete(String path) {
    flow.add(Draft.request("DELETE", path));
    return this;
  }

  /** A pause, drawn evenly. */
  public LoadTest pause(Duration low, Duration high) {
    flow.add(Draft.pause(low.toMillis() + " ms.." + high.toMillis() + " ms"));
    return this;
  }

  /** The name of the last request in evidence. */
  public LoadTest named(String name) {
    return change(step -> step.name(name));
  }

  /** A header of the last request. */
  public LoadTest header(String name, String value) {
    return change(step -> step.header(name, value));
  }

  /** The body of the last request, as JSON. */
  public LoadTest json(String json) {
    Json value = JsonReader.read(json);
    return change(step -> step.json(value));
  }

  /** The body of the last request, as it is. */
  public LoadTest body(String text) {
    return change(step -> step.body(text));
  }

  /** What the status of the last request's response must be. */
  public LoadTest expectStatus(int status) {
    return change(step -> step.status(Comparison.parse(Integer.toString(status))));
  }

  /** What a value of the last request's JSON response must be, such as {@code > 0}. */
  public LoadTest expectBody(String path, String comparison) {
    return change(step -> step.value(path, Comparison.parse(comparison)));
  }

  /**
   * Keeps a value of the last response: a JSON path, header:NAME, cookie:NAME, regex:EXPRESSION.
   */
  public LoadTest save(String name, String source) {
    return change(step -> step.save(name, source));
  }

  private LoadTest change(Consumer<Draft> by) {
    if (flow.isEmpty() || !flow.getLast().isRequest()) {
      throw new IllegalStateException("there is no request to change; begin with get(...)");
    }
    by.accept(flow.getLast());
    return this;
  }

  // ---- what becomes of it

  /**
   * The configuration, as the same check in a workspace would have.
   *
   * @throws ProblemException with everything that is wrong
   */
  public LoadConfiguration configuration() {
    LoadConfiguration made = phases.isEmpty() && !warmsUp ? single() : several();
    List<Problem> problems = new ArrayList<>();
    new LoadCheckType().validate(made, problems::add);
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    return made;
  }

  private LoadConfiguration single() {
    return configuration(rate, length, to, spread, users, thinkTime, List.of());
  }

  private LoadConfiguration several() {
    List<LoadPhase> all = new ArrayList<>(phases);
    all.add(phase());
    return configuration(null, null, null, LoadPhase.Spread.EVEN, null, "0s", all);
  }

  private LoadConfiguration configuration(
      @Nullable Rate perSecond,
      @Nullable Duration time,
      @Nullable Rate target,
      LoadPhase.Spread spreading,
      @Nullable Integer crowd,
      String thinking,
      List<LoadPhase> several) {
    return new LoadConfiguration(
        null,
        protocol,
        100,
        perSecond,
        time,
        target,
        null,
        null,
        spreading,
        null,
        crowd,
        null,
        thinking,
        null,
        Duration.ZERO,
        several,
        null,
        connections,
        timeout,
        10_000,
        100_000,
        headers,
        null,
        cookies,
        0,
        null,
        feeders,
        flow.stream().map(Draft::step).toList(),
        Map.of(),
        List.of(),
        List.of(),
        null,
        through,
        own,
        Place.NONE);
  }

  /** Carries it out as a check of a run. */
  public void run(CheckContext context, EvidenceSink sink) throws Exception {
    new LoadCheckType().prepare(configuration()).run(context, sink);
  }

  /**
   * Carries it out by itself, against a base address, with files from the current folder and seed
   * 42.
   *
   * @throws ProblemException if it cannot be carried out as written
   */
  public LoadResult run(URI target) throws Exception {
    return run(target, Path.of(""), 42);
  }

  /**
   * The same with chosen surroundings.
   *
   * @param folder where files of feeders and bodies are
   * @param seed of everything random; the same seed brings the same arrivals, data and branches
   */
  public LoadResult run(URI target, Path folder, long seed) throws Exception {
    LoadResult.Collector collector = new LoadResult.Collector();
    run(new AloneContext(target, folder, seed), collector);
    return collector.result();
  }
}
