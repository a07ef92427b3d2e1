package dev.assay.core.report.page;

import dev.assay.api.evidence.Event;
import dev.assay.api.value.Unit;
import dev.assay.core.report.CheckReport;
import dev.assay.core.report.Markup;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The search for a capacity: what each rate that was tried brought, where the border is, and how
 * throughput grows with requests at once.
 */
final class CapacitySection {

  private static final int CURVE = 120;

  private final Markup page;
  private final String id;
  private final List<Event> events;
  private final List<Probe> probes;

  /**
   * One rate that was tried.
   *
   * @param latency the 99th percentile, in nanoseconds
   */
  private record Probe(
      String words,
      String result,
      double rate,
      double latency,
      double throughput,
      double concurrency) {

    static Probe of(Event event) {
      return new Probe(
          event.message(),
          event.labels().getOrDefault("result", ""),
          number(event, "rate"),
          number(event, "latency.p99"),
          number(event, "throughput"),
          number(event, "concurrency"));
    }

    String style() {
      return switch (result) {
        case "met" -> "dot met";
        case "not met" -> "dot missed";
        default -> "dot unclear";
      };
    }
  }

  CapacitySection(Markup page, CheckReport check, String id) {
    this.page = page;
    this.id = id;
    this.events = check.evidence().events();
    this.probes =
        events.stream().filter(event -> event.kind().equals("load.probe")).map(Probe::of).toList();
  }

  private static double number(Event event, String label) {
    try {
      return Double.parseDouble(event.labels().getOrDefault(label, "NaN"));
    } catch (NumberFormatException unreadable) {
      return Double.NaN;
    }
  }

  private Optional<Event> one(String kind) {
    return events.stream().filter(event -> event.kind().equals(kind)).findFirst();
  }

  /** Writes it, where a capacity was searched. */
  void write() {
    if (probes.isEmpty()) {
      return;
    }
    page.element("h4", "Capacity");
    one("load.capacity").ifPresent(answer -> page.element("p", sentence(answer)));
    one("load.capacity-plan").ifPresent(plan -> page.element("p", sentence(plan)));
    page.open("div", "class", "plots");
    latency();
    throughput();
    page.close("div");
  }

  private static String sentence(Event event) {
    String said = event.message();
    return said.isEmpty() ? said : Character.toUpperCase(said.charAt(0)) + said.substring(1) + ".";
  }

  private List<Probe> with(ToDoubleFunction<Probe> x, ToDoubleFunction<Probe> y) {
    return probes.stream()
        .filter(probe -> x.applyAsDouble(probe) > 0 && y.applyAsDouble(probe) > 0)
        .toList();
  }

  private void latency() {
    List<Probe> shown = with(Probe::rate, Probe::latency);
    if (shown.size() < 2) {
      return;
    }
    Frame frame =
        new Frame(
            page,
            id + "-capacity",
            Axis.linear(shown.stream().mapToDouble(Probe::rate).max().orElse(1), 5),
            Axis.fitting(
                shown.stream().mapToDouble(Probe::latency).min().orElse(1),
                shown.stream().mapToDouble(Probe::latency).max().orElse(1),
                4));
    frame.open(
        "Latency by rate",
        "99th percentile of each probe; filled: met, hollow: not",
        shown.size() + " rates were tried");
    frame.grid(Unit.PER_SECOND::format, Unit.NANOSECONDS::format);
    one("load.capacity").ifPresent(answer -> border(frame, answer));
    shown.forEach(probe -> dot(frame.x(probe.rate()), frame.y(probe.latency()), probe));
    frame.close();
  }

  /** Where the capacity is, with the interval as a band. */
  private void border(Frame frame, Event answer) {
    double low = number(answer, "low");
    double high = number(answer, "high");
    double at = number(answer, "capacity");
    page.open("g", "class", "capacity").element("title", answer.message());
    if (low > 0 && high > low) {
      page.empty(
          "rect",
          "x",
          Frame.number(frame.x(low)),
          "y",
          Frame.number(Frame.TOP),
          "width",
          Frame.number(Math.max(1, frame.x(high) - frame.x(low))),
          "height",
          Frame.number(Frame.BOTTOM - Frame.TOP));
    }
    if (at > 0) {
      frame.line(frame.x(at), Frame.TOP, frame.x(at), Frame.BOTTOM, null);
      boolean left = frame.x(at) < (Frame.LEFT + Frame.RIGHT) / 2;
      frame.text(
          frame.x(at) + (left ? 6 : -6),
          Frame.TOP + 12,
          left ? "start" : "end",
          Unit.PER_SECOND.format(at),
          "words");
    }
    page.close("g");
  }

  private void throughput() {
    List<Probe> shown = with(Probe::concurrency, Probe::throughput);
    if (shown.size() < 2) {
      return;
    }
    double most = shown.stream().mapToDouble(Probe::concurrency).max().orElse(1);
    Frame frame =
        new Frame(
            page,
            id + "-scalability",
            Axis.linear(most, 5),
            Axis.linear(shown.stream().mapToDouble(Probe::throughput).max().orElse(1), 4));
    String model = one("load.scalability").map(Event::message).orElse("");
    frame.open("Throughput by requests at once", "line: the scalability law", model);
    frame.grid(Unit.NONE::format, Unit.PER_SECOND::format);
    one("load.scalability").ifPresent(law -> curve(frame, law, most));
    shown.forEach(probe -> dot(frame.x(probe.concurrency()), frame.y(probe.throughput()), probe));
    frame.close();
  }

  /** X(N) = λN / (1 + σ(N-1) + κN(N-1)), where it could be fitted. */
  private void curve(Frame frame, Event law, double most) {
    double lambda = number(law, "lambda");
    double sigma = number(law, "sigma");
    double kappa = number(law, "kappa");
    if (!Double.isFinite(lambda + sigma + kappa)) {
      return;
    }
    StringBuilder path = new StringBuilder();
    for (int i = 0; i <= CURVE; i++) {
      double n = most * i / CURVE;
      double x = lambda * n / (1 + sigma * (n - 1) + kappa * n * (n - 1));
      path.append(i == 0 ? 'M' : 'L')
          .append(Frame.number(frame.x(n)))
          .append(' ')
          .append(Frame.number(frame.y(x)));
    }
    page.empty("path", "class", "line s1", "d", path.toString());
  }

  private void dot(double x, double y, Probe probe) {
    page.open("g", "class", probe.style()).element("title", probe.words());
    page.empty("circle", "cx", Frame.number(x), "cy", Frame.number(y), "r", "4.5");
    page.close("g");
  }
}
