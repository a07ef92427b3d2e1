package dev.assay.core.report.page;

import dev.assay.api.evidence.Event;
import dev.assay.api.value.Unit;
import dev.assay.core.report.CheckReport;
import dev.assay.core.report.Markup;
import dev.assay.core.report.MetricReport;
import dev.assay.core.report.MetricReport.Readings;
import dev.assay.core.report.MetricReport.Share;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment broke and what came of it, on one scale of time: a lane for each thing that
 * was broken, a lane for each check that watched, and when it recovered. It is drawn from events,
 * as any check may emit them: {@code fault.begin}, {@code fault.effective}, {@code fault.end},
 * {@code steady.lost}, {@code steady.held}, {@code steady.recovered}, {@code steady.unrecovered}.
 */
final class GameDay {

  private static final int MOST_LANES = 30;
  private static final int MOST_ROWS = 100;

  /** One happening of a fault. */
  private static final class Fault {
    private final String name;
    private final String what;
    private final Instant from;
    private @Nullable Instant to;
    private String how = "";
    private final Map<String, String> recovered = new LinkedHashMap<>();

    Fault(String name, String what, Instant from) {
      this.name = name;
      this.what = what;
      this.from = from;
    }
  }

  /** A part of a lane. */
  private record Bar(String style, Instant from, Instant to, String words) {}

  private final Markup page;
  private final CheckReport check;
  private final List<Event> events;
  private final List<Fault> faults = new ArrayList<>();
  private Instant start = Instant.MAX;
  private Instant end = Instant.MIN;

  GameDay(Markup page, CheckReport check) {
    this.page = page;
    this.check = check;
    this.events =
        check.evidence().events().stream()
            .filter(
                event -> event.kind().startsWith("fault.") || event.kind().startsWith("steady."))
            .sorted(Comparator.comparing(Event::at))
            .toList();
    events.forEach(this::take);
    if (!faults.isEmpty()) {
      start = events.getFirst().at();
      end = later(events.getLast().at(), start.plusSeconds(1));
    }
  }

  private static Instant later(Instant left, Instant right) {
    return left.isAfter(right) ? left : right;
  }

  private static String label(Event event, String name) {
    return event.labels().getOrDefault(name, "");
  }

  private void take(Event event) {
    String name = label(event, "fault");
    switch (event.kind()) {
      case "fault.begin" -> faults.add(new Fault(name, lane(event), event.at()));
      case "fault.effective" ->
          open(name).forEach(fault -> fault.how = event.message().replace(name + ": ", ""));
      case "fault.end" -> open(name).forEach(fault -> fault.to = event.at());
      case "steady.recovered", "steady.unrecovered" -> {
        List<String> names = List.of(label(event, "faults").split(" \\+ "));
        String time = (event.kind().endsWith(".unrecovered") ? "not within " : "") + took(event);
        faults.stream()
            .filter(fault -> names.contains(fault.name))
            .forEach(fault -> fault.recovered.put(label(event, "check"), time));
      }
      default -> {}
    }
  }

  private List<Fault> open(String name) {
    return faults.stream().filter(fault -> fault.name.equals(name) && fault.to == null).toList();
  }

  private static String lane(Event event) {
    String targets = label(event, "targets");
    String target = targets.substring(targets.indexOf(':') + 1);
    return label(event, "kind") + (target.isEmpty() ? "" : " · " + target);
  }

  private static String took(Event event) {
    String nanos = label(event, "nanoseconds");
    return nanos.matches("\\d{1,18}") ? Unit.NANOSECONDS.format(Long.parseLong(nanos)) : "";
  }

  /** Writes it, where anything was broken. */
  void write() {
    if (faults.isEmpty()) {
      return;
    }
    page.element("h4", "Game day");
    numbers();
    Map<String, List<Bar>> lanes = new LinkedHashMap<>();
    for (Fault fault : faults) {
      lanes
          .computeIfAbsent(fault.what, what -> new ArrayList<>())
          .add(new Bar("broken", fault.from, fault.to == null ? end : fault.to, fault.name));
    }
    page.open("ul", "class", "gameday");
    lanes.entrySet().stream()
        .limit(MOST_LANES)
        .forEach(lane -> row(lane.getKey(), lane.getValue()));
    watching().forEach(this::watched);
    page.close("ul");
    scale();
    page.open("p", "class", "quiet legend");
    page.element("span", "broken", "class", "key fault").text(" what was broken, ");
    page.element("span", "steady", "class", "key held").text(" the steady state held, ");
    page.element("span", "lost", "class", "key lost").text(" it did not, ");
    page.element("span", "", "class", "key back").text(" it was back");
    page.close("p");
    table();
  }

  /** The checks that watched, the one of new connections last. */
  private List<String> watching() {
    return events.stream()
        .map(event -> label(event, "check"))
        .filter(name -> !name.isEmpty())
        .distinct()
        .toList();
  }

  private void numbers() {
    page.open("dl", "class", "numbers");
    metric("resilience")
        .forEach(metric -> {
          if (metric.total() instanceof Readings read) {
            number("Resilience", String.format(Locale.ROOT, "%.0f of 100", read.last()));
          }
        });
    for (String name : List.of("recovery", "recovery.new")) {
      metric(name)
          .forEach(metric -> {
            if (metric.total() instanceof Readings read) {
              number(
                  name.equals("recovery") ? "Longest recovery" : "The same on new connections",
                  metric.unit().format(read.max()));
            }
          });
    }
    metric("steady")
        .forEach(metric -> {
          if (metric.total() instanceof Share share) {
            number("Steady for", Unit.RATIO.format(share.ratio()));
          }
        });
    page.close("dl");
  }

  private Collection<MetricReport> metric(String name) {
    return check.evidence().metrics().stream()
        .filter(metric -> metric.metric().equals(name) && metric.step() == null)
        .toList();
  }

  private void number(String name, String value) {
    page.open("div").element("dt", name).element("dd", value).close("div");
  }

  private void row(String name, List<Bar> bars) {
    Duration length =
        bars.stream()
            .map(bar -> Duration.between(bar.from(), bar.to()))
            .reduce(Duration.ZERO, Duration::plus);
    lane(name, bars, Unit.NANOSECONDS.format(length.toNanos()));
  }

  private void watched(String name) {
    List<Bar> bars = new ArrayList<>();
    Instant from = start;
    boolean held = true;
    Duration lost = Duration.ZERO;
    List<Bar> back = new ArrayList<>();
    for (Event event : events) {
      if (!label(event, "check").equals(name)) {
        continue;
      }
      boolean now = event.kind().equals("steady.held");
      if (event.kind().equals("steady.recovered")) {
        back.add(new Bar("back", event.at(), event.at(), event.message()));
      } else if (!event.kind().equals("steady.unrecovered") && now != held) {
        Instant to = now ? back(name, from, event.at()) : event.at();
        bars.add(part(held, from, to));
        lost = held ? lost : lost.plus(Duration.between(from, to));
        from = to;
        held = now;
      }
    }
    Instant last = held ? end : back(name, from, end);
    bars.add(part(held, from, last));
    lost = held ? lost : lost.plus(Duration.between(from, last));
    if (last.isBefore(end)) {
      bars.add(part(true, last, end));
    }
    bars.addAll(back);
    lane(name, bars, lost.isZero() ? "held" : "lost " + Unit.NANOSECONDS.format(lost.toNanos()));
  }

  /** That it holds is seen a window after it began to; then the beginning is known. */
  private Instant back(String name, Instant from, Instant seen) {
    return events.stream()
        .filter(
            event -> event.kind().equals("steady.recovered") && label(event, "check").equals(name))
        .map(Event::at)
        .filter(at -> at.isAfter(from) && at.isBefore(seen))
        .findFirst()
        .orElse(seen);
  }

  private Bar part(boolean held, Instant from, Instant to) {
    return new Bar(
        held ? "held" : "lost",
        from,
        to,
        (held ? "steady" : "not steady") + " from " + at(from) + " to " + at(to));
  }

  private void lane(String name, List<Bar> bars, String words) {
    page.open("li", "class", "row").open("span", "class", "name");
    page.element("span", name, "class", "id", "title", name).close("span");
    page.open("span", "class", "lane")
        .open(
            "svg",
            "xmlns",
            "http://www.w3.org/2000/svg",
            "viewBox",
            "0 0 1000 10",
            "preserveAspectRatio",
            "none",
            "role",
            "img");
    page.element("title", name + ": " + words);
    bars.forEach(this::bar);
    page.close("svg").close("span").element("span", words, "class", "took").close("li");
  }

  private void bar(Bar bar) {
    double from = place(bar.from());
    double width = Math.max(bar.style().equals("back") ? 4 : 3, place(bar.to()) - from);
    page.open("g", "class", bar.style()).element("title", bar.words());
    page.empty(
        "rect",
        "x",
        Frame.number(Math.min(from, 1000 - width)),
        "y",
        "0",
        "width",
        Frame.number(width),
        "height",
        "10");
    page.close("g");
  }

  private double place(Instant at) {
    return Math.clamp(seconds(at) / whole() * 1000, 0, 1000);
  }

  private double whole() {
    return seconds(end);
  }

  private double seconds(Instant at) {
    return Duration.between(start, at).toNanos() / 1e9;
  }

  private String at(Instant moment) {
    return Axis.clock(seconds(moment), whole());
  }

  private void scale() {
    page.open("div", "class", "row scale", "aria-hidden", "true").empty("span", "class", "name");
    page.open("span", "class", "lane ends").element("span", "0");
    page.element("span", Axis.clock(whole() / 2, whole()));
    page.element("span", Axis.clock(whole(), whole())).close("span").empty("span", "class", "took");
    page.close("div");
  }

  private void table() {
    List<String> watching =
        watching().stream()
            .filter(name -> faults.stream().anyMatch(fault -> fault.recovered.containsKey(name)))
            .toList();
    List<String> headings = new ArrayList<>(List.of("Fault", "#Began", "#Lasted"));
    watching.forEach(name -> headings.add("#Recovery of " + name));
    headings.add("How it was seen");
    EvidenceLists.table(page, headings.toArray(String[]::new));
    for (Fault fault : faults.stream().limit(MOST_ROWS).toList()) {
      Instant to = fault.to == null ? end : fault.to;
      page.open("tr").element("th", fault.name, "scope", "row");
      page.element("td", at(fault.from), "class", "num");
      page.element(
          "td",
          Unit.NANOSECONDS.format(Duration.between(fault.from, to).toNanos()),
          "class",
          "num");
      watching.forEach(
          name -> page.element("td", fault.recovered.getOrDefault(name, "–"), "class", "num"));
      page.element("td", fault.how.isEmpty() ? "it was not" : fault.how, "class", "wide");
      page.close("tr");
    }
    EvidenceLists.endTable(page);
    if (faults.size() > MOST_ROWS) {
      page.element(
          "p", "and " + (faults.size() - MOST_ROWS) + " more in the JSON report", "class", "quiet");
    }
  }
}
