package dev.assay.gateway.http;

import dev.assay.gateway.State;
import dev.assay.gateway.engine.Counters;
import dev.assay.gateway.engine.Engine;
import dev.assay.gateway.engine.Engine.LineView;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Metrics in the text format of Prometheus. */
final class Metrics {

  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final Operations operations;

  Metrics(Operations operations) {
    this.operations = operations;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    Engine engine = operations.engine();
    Counters counters = engine.counters();
    head(
        text,
        "gateway_messages_total",
        "counter",
        "How often messages came into a state since the gateway started.");
    for (State state : State.values()) {
      text.append("gateway_messages_total{state=\"")
          .append(state.word())
          .append("\"} ")
          .append(counters.reachedCount(state))
          .append('\n');
    }
    one(
        text,
        "gateway_resubmitted_total",
        "counter",
        "Messages sent again in doubt.",
        counters.resubmitted());
    one(
        text,
        "gateway_throttled_total",
        "counter",
        "Submits that a provider throttled.",
        counters.throttled());
    one(
        text,
        "gateway_orphans_total",
        "counter",
        "Statuses of messages that are not known.",
        counters.orphans());
    one(
        text,
        "gateway_failovers_total",
        "counter",
        "Messages that went to another provider.",
        counters.failovers());
    one(text, "gateway_commits_total", "counter", "Transactions of the store.", counters.commits());
    one(
        text,
        "gateway_replayed_total",
        "counter",
        "Requests that had been answered before.",
        counters.replayed());
    one(
        text,
        "gateway_held_messages",
        "gauge",
        "Messages in memory that no provider has.",
        engine.held());
    List<LineView> lines = engine.lines();
    each(
        text,
        lines,
        "gateway_provider_up",
        "Whether a provider takes messages.",
        line -> line.ready() ? 1 : 0);
    each(
        text,
        lines,
        "gateway_provider_health_ratio",
        "How well a provider is, from 0 to 1.",
        line -> line.health().score() / 100);
    each(
        text,
        lines,
        "gateway_provider_waiting_messages",
        "Messages that wait for a provider.",
        LineView::waiting);
    each(
        text,
        lines,
        "gateway_provider_unanswered_messages",
        "Messages without an answer.",
        LineView::unanswered);
    each(
        text,
        lines,
        "gateway_provider_latency_seconds",
        "How long answers take, lately.",
        line -> line.health().latencyMillis() / 1000);
    each(
        text,
        lines,
        "gateway_provider_delivered_ratio",
        "The share of deliveries in receipts, lately.",
        line -> line.health().deliveries());
    each(
        text,
        lines,
        "gateway_provider_rate_limit",
        "Messages a second that a provider is given at most; 0 for any.",
        LineView::rate);
    return text.toString();
  }

  private static void head(StringBuilder text, String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static void one(StringBuilder text, String name, String type, String help, long value) {
    head(text, name, type, help);
    text.append(name).append(' ').append(value).append('\n');
  }

  private static void each(
      StringBuilder text,
      List<LineView> lines,
      String name,
      String help,
      ToDoubleFunction<LineView> value) {
    head(text, name, "gauge", help);
    for (LineView line : lines) {
      text.append(name)
          .append("{provider=\"")
          .append(line.name())
          .append("\"} ")
          .append(String.format(Locale.ROOT, "%.6g", value.applyAsDouble(line)))
          .append('\n');
    }
  }
}
