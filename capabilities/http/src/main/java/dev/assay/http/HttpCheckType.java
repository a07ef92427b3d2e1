package dev.assay.http;

import dev.assay.api.problem.Problem;
import dev.assay.api.spi.Check;
import dev.assay.api.spi.CheckType;
import dev.assay.api.spi.Metric;
import dev.assay.api.spi.Reference;
import dev.assay.api.value.Unit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A flow of requests with expectations, under the key {@code http}. */
public final class HttpCheckType implements CheckType<HttpConfiguration> {

  static final String LATENCY = "latency";
  static final String FIRST_BYTE = "time.to.first.byte";
  static final String ERRORS = "errors";
  static final String REQUESTS = "requests";
  static final String BODY_SIZE = "body.size";
  static final String TLS_EXPIRES = "tls.expires";

  private static final List<Metric> METRICS =
      List.of(
          new Metric(
              LATENCY,
              Unit.NANOSECONDS,
              Metric.Shape.DISTRIBUTION,
              Metric.Better.LOWER,
              "From sending a request to the last byte of its answer, connecting and redirects"
                  + " included; of each request that was answered"),
          new Metric(
              FIRST_BYTE,
              Unit.NANOSECONDS,
              Metric.Shape.DISTRIBUTION,
              Metric.Better.LOWER,
              "From sending a request to the end of the answer's headers; of each request that was"
                  + " answered"),
          new Metric(
              ERRORS,
              Unit.RATIO,
              Metric.Shape.PROPORTION,
              Metric.Better.LOWER,
              "How many of the steps that were carried out failed in their last attempt"),
          new Metric(
              REQUESTS,
              Unit.NONE,
              Metric.Shape.COUNT,
              Metric.Better.NEITHER,
              "Requests sent, repetitions and followed redirects included"),
          new Metric(
              BODY_SIZE,
              Unit.BYTES,
              Metric.Shape.DISTRIBUTION,
              Metric.Better.LOWER,
              "The size of the answers' bodies as they were transferred"),
          new Metric(
              TLS_EXPIRES,
              Unit.NANOSECONDS,
              Metric.Shape.SCALAR,
              Metric.Better.HIGHER,
              "How long the server's certificate is still valid, where the connection has TLS"));

  @Override
  public String name() {
    return "http";
  }

  @Override
  public String summary() {
    return "Sends the requests of a flow one after the other, expects things of each answer, and"
        + " saves values for the next.";
  }

  @Override
  public Class<HttpConfiguration> configuration() {
    return HttpConfiguration.class;
  }

  @Override
  public List<Metric> metrics() {
    return METRICS;
  }

  @Override
  public List<Implied> implied(HttpConfiguration configuration) {
    return List.of(new Implied("tests", "> 0", true), new Implied("failed", "= 0", false));
  }

  @Override
  public void validate(HttpConfiguration configuration, Consumer<Problem> problems) {
    new FlowValidation(problems).validate(configuration);
  }

  @Override
  public List<Reference> references(HttpConfiguration configuration) {
    HttpThrough through = configuration.through();
    return through == null
        ? List.of()
        : List.of(new Reference("conditions", through.condition(), through.place()));
  }

  @Override
  public Set<String> saves(HttpConfiguration configuration) {
    Set<String> names = new LinkedHashSet<>();
    configuration.flow().forEach(step -> names.addAll(step.save().keySet()));
    return names;
  }

  @Override
  public Check prepare(HttpConfiguration configuration) {
    return new HttpCheck(configuration);
  }
}
