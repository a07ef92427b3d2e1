package dev.assay.observe.slo;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.api.problem.IoReason;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.observe.problem.SloProblems;
import dev.assay.observe.slo.SliSource.OfPrometheus;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Counts an objective's events by queries to Prometheus (HTTP API, {@code query_range}). Of a
 * counter the growth between two points is counted, a fall being a restart from 0; of others the
 * value of each point. At most 8,640 points a query, so that a window of 30 days has one every five
 * minutes.
 */
public final class PrometheusEvents {

  private static final int MOST_POINTS = 8_640;
  private static final int LARGEST = 16 << 20;
  private static final Duration SHORTEST_STEP = Duration.ofSeconds(15);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http;

  /** Asks by that client. */
  public PrometheusEvents(HttpClient http) {
    this.http = http;
  }

  /**
   * The events of an objective.
   *
   * @throws ProblemException if there is no usable answer
   */
  public List<Tally> read(Slo slo, Instant from, Instant to) throws InterruptedException {
    return switch (slo.indicator()) {
      case Slo.Ratio(OfPrometheus part, boolean bad, OfPrometheus total, boolean counter) -> {
        NavigableMap<Long, Double> of = points(part, from, to, counter);
        List<Tally> tallies = new ArrayList<>();
        points(total, from, to, counter)
            .forEach((at, all) -> {
              double counted = Math.clamp(of.getOrDefault(at, 0.0), 0, all);
              tallies.add(
                  new Tally(Instant.ofEpochMilli(at), bad ? all - counted : counted, all, ""));
            });
        yield tallies;
      }
      case Slo.Threshold(OfPrometheus source, Slo.Operator operator, double limit) -> {
        List<Tally> tallies = new ArrayList<>();
        points(source, from, to, false)
            .forEach((at, value) ->
                tallies.add(
                    new Tally(
                        Instant.ofEpochMilli(at), operator.good(value, limit) ? 1 : 0, 1, "")));
        yield tallies;
      }
      default -> List.of();
    };
  }

  private NavigableMap<Long, Double> points(
      OfPrometheus source, Instant from, Instant to, boolean counter) throws InterruptedException {
    long step =
        Math.max(
            SHORTEST_STEP.toSeconds(), Duration.between(from, to).toSeconds() / MOST_POINTS + 1);
    String base = source.address().toString().replaceAll("/+$", "");
    URI address =
        URI.create(
            base
                + "/api/v1/query_range?query="
                + URLEncoder.encode(source.query(), StandardCharsets.UTF_8)
                + "&start="
                + from.getEpochSecond()
                + "&end="
                + to.getEpochSecond()
                + "&step="
                + step);
    NavigableMap<Long, Double> values = values(base, body(base, address));
    return counter ? growth(values) : values;
  }

  private String body(String base, URI address) throws InterruptedException {
    try {
      HttpResponse<java.io.InputStream> answer =
          http.send(
              HttpRequest.newBuilder(address).timeout(PATIENCE).build(),
              BodyHandlers.ofInputStream());
      try (var in = answer.body()) {
        String body = new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8);
        if (answer.statusCode() == 200) {
          return body;
        }
        throw none(base, "it answers " + answer.statusCode() + ": " + cut(body));
      }
    } catch (IOException away) {
      throw none(base, IoReason.of(away));
    }
  }

  private static String cut(String text) {
    return text.substring(0, Math.min(text.length(), 300));
  }

  private static ProblemException none(String base, String why) {
    return SloProblems.NO_DATA.failure(
        Where.named(base), why, "look whether Prometheus answers there, and try the query in it");
  }

  private static NavigableMap<Long, Double> values(String base, String body) {
    NavigableMap<Long, Double> values = new TreeMap<>();
    try {
      List<Json> series = JsonReader.read(body).asObject().object("data").array("result");
      if (series.size() > 1) {
        throw none(base, "the query gives " + series.size() + " series, where one is wanted");
      }
      for (Json one : series) {
        for (Json point : one.asObject().array("values")) {
          double value =
              Double.parseDouble(point.asArray().get(1).asText().replace("Inf", "Infinity"));
          if (Double.isFinite(value)) {
            values.put((long) (point.asArray().getFirst().asNumber() * 1000), value);
          }
        }
      }
    } catch (JsonException | NumberFormatException | IndexOutOfBoundsException unreadable) {
      throw none(base, "its answer cannot be read: " + unreadable.getMessage());
    }
    return values;
  }

  private static NavigableMap<Long, Double> growth(NavigableMap<Long, Double> values) {
    NavigableMap<Long, Double> growth = new TreeMap<>();
    double before = Double.NaN;
    for (var point : values.entrySet()) {
      double value = point.getValue();
      if (!Double.isNaN(before)) {
        growth.put(point.getKey(), value >= before ? value - before : value);
      }
      before = value;
    }
    return growth;
  }
}
