package dev.assay.http;

import dev.assay.api.evidence.Outcome;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.api.value.Size;
import dev.assay.api.value.Template;
import dev.assay.testkit.RecordingSink;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a flow as the workspace file would, and carries it out. */
final class FlowBuilder {

  private final List<HttpStep> steps = new ArrayList<>();
  private final Map<String, Template> headers = new LinkedHashMap<>();
  private String url;
  private Duration timeout = Duration.ofSeconds(10);
  private boolean followRedirects;
  private boolean cookies;
  private String maxBody = "10 MB";
  private String trust;
  private boolean insecure;

  static FlowBuilder of(StepBuilder... steps) {
    FlowBuilder flow = new FlowBuilder();
    for (StepBuilder step : steps) {
      flow.steps.add(step.build());
    }
    return flow;
  }

  FlowBuilder url(String given) {
    url = given;
    return this;
  }

  FlowBuilder header(String name, String value) {
    headers.put(name, Template.parse(value));
    return this;
  }

  FlowBuilder timeout(Duration given) {
    timeout = given;
    return this;
  }

  FlowBuilder followRedirects() {
    followRedirects = true;
    return this;
  }

  FlowBuilder cookies() {
    cookies = true;
    return this;
  }

  FlowBuilder maxBody(String size) {
    maxBody = size;
    return this;
  }

  FlowBuilder trust(String file) {
    trust = file;
    return this;
  }

  FlowBuilder insecure() {
    insecure = true;
    return this;
  }

  HttpConfiguration build() {
    return new HttpConfiguration(
        steps,
        url == null ? null : Template.parse(url),
        headers,
        timeout,
        followRedirects,
        cookies,
        Size.parse(maxBody),
        trust,
        insecure,
        null,
        new Place("assay.yaml", 3, 5, "http:"));
  }

  List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    new HttpCheckType().validate(build(), problems::add);
    return problems;
  }

  /** Runs it against a server and gives what it emitted. */
  RecordingSink run(URI target) throws Exception {
    return run(new MaskingContext(Path.of("."), target));
  }

  RecordingSink run(MaskingContext context) throws Exception {
    RecordingSink sink = new RecordingSink("check");
    new HttpCheckType().prepare(build()).run(context, sink);
    return sink;
  }

  /** Runs a flow of one step and gives its outcome. */
  Outcome outcome(URI target) throws Exception {
    List<Outcome> outcomes = run(target).outcomes();
    if (outcomes.size() != 1) {
      throw new AssertionError("expected one outcome, got " + outcomes);
    }
    return outcomes.getFirst();
  }
}
