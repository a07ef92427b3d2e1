package dev.assay.core.parse;

import dev.assay.api.spi.CheckType;
import dev.assay.api.spi.Metric;
import dev.assay.api.spi.ServiceObserver;
import dev.assay.api.spi.WorkspaceSection;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code docs/workspace-reference.md}, derived from the configuration records. */
public final class ReferencePage {

  private final Collection<CheckType<?>> types;
  private final Collection<ServiceObserver<?>> observers;
  private final Collection<WorkspaceSection<?>> sections;
  private final StringBuilder page = new StringBuilder();
  private final Set<Class<?>> open = new LinkedHashSet<>();
  private final Set<Class<?>> written = new LinkedHashSet<>();

  /** A page about all that capabilities add. */
  public ReferencePage(Vocabulary words) {
    this.types = words.types();
    this.observers = words.observers();
    this.sections = words.sections();
  }

  /** The page in Markdown. */
  public String markdown() {
    page.append(
        """
        # Workspace reference

        Generated from the configuration records; do not edit (`./assay schema --reference` prints it, a test keeps it
        current). Durations are written like `30s` or `150 ms`, shares like `0.1 %`, sizes like `10 MB`, rates like
        `500/s`, comparisons like `< 150 ms`, `>= 80 %`, `200`, `!= 0`, `~ regular expression`. `${name}` stands for a
        variable: `port.SERVICE`, `env.NAME`, `secret.NAME`, `url`, `folder`, `run`, `seed`, what `variables` define and
        what checks save.

        ## The file
        """);
    table(Shape.of(WorkspaceFile.class));
    drain();
    sections.forEach(this::section);
    page.append("\n## A check\n\nExactly one key names its type; beside it:\n");
    page.append("\n| key | form | default | |\n|---|---|---|---|\n");
    page.append(
        "| `expect` | a map of [expectations](#expectations) | | What must hold on its evidence. |\n");
    rows(Shape.of(WorkspaceFile.CheckFile.class));
    expectations();
    for (CheckType<?> type : types) {
      type(type);
    }
    observers.forEach(this::observer);
    return page.toString();
  }

  private void expectations() {
    page.append(
        """

        ### Expectations

        The key is `metric.statistic`, or `metric[step].statistic` for one step. Distributions have `p50` … `p9999`,
        `min`, `max`, `mean`, `count`; shares have themselves, `hits`, `total`; readings have `last` (the bare name),
        `min`, `max`, `mean`, `count`. The value is a comparison, the map below, or a list of these. A quantile needs
        five samples beyond it and a bound on a share as many samples as make one hit possible; fewer are inconclusive.
        `by` is relative, and percentage points for shares.
        """);
    table(Shape.of(WorkspaceFile.ExpectationFile.class));
    page.append("\nEvery check has these metrics, counted from its outcomes:\n");
    metrics(OutcomeMetrics.ALL);
  }

  private void type(CheckType<?> type) {
    page.append("\n## `").append(type.name()).append("`\n\n").append(type.summary()).append('\n');
    table(Shape.of(type.configuration()));
    drain();
    page.append("\nMetrics:\n");
    metrics(type.metrics());
  }

  private void section(WorkspaceSection<?> section) {
    page.append("\n## Section: `").append(section.name()).append("`\n\n");
    page.append(section.summary()).append(" A map of entries by name, each:\n");
    table(Shape.of(section.entry()));
    drain();
  }

  private void observer(ServiceObserver<?> observer) {
    page.append("\n## Observed: `").append(observer.name()).append("`\n\n");
    page.append(observer.summary())
        .append(
            " The key stands in a service, or in a check that measures time for that check alone.\n");
    table(Shape.of(observer.configuration()));
    drain();
    page.append("\nMetrics of every check that measures time, by service:\n");
    metrics(observer.metrics());
  }

  private void metrics(List<Metric> metrics) {
    page.append("\n| metric | shape | unit | better | |\n|---|---|---|---|---|\n");
    for (Metric metric : metrics) {
      page.append(
          String.format(
              "| `%s` | %s | %s | %s | %s |%n",
              metric.name(),
              word(metric.shape()),
              metric.unit().code(),
              word(metric.better()),
              metric.summary()));
    }
  }

  private void table(Shape shape) {
    written.add(shape.type());
    page.append("\n| key | form | default | |\n|---|---|---|---|\n");
    rows(shape);
  }

  private void rows(Shape shape) {
    for (Shape.Part part : shape.parts()) {
      String byDefault =
          part.byDefault() == null
              ? (part.required() ? "required" : "")
              : "`" + part.byDefault() + "`";
      String doc = part.doc() + (part.shorthand() ? " May be written alone, without the map." : "");
      page.append(
          String.format(
              "| `%s` | %s | %s | %s |%n", part.key(), form(part.type()), byDefault, doc.strip()));
    }
  }

  /** Writes the tables of the records met so far, and of those met in them. */
  private void drain() {
    while (!open.isEmpty()) {
      Class<?> next = open.iterator().next();
      open.remove(next);
      if (written.contains(next)) {
        continue;
      }
      Shape shape = Shape.of(next);
      page.append("\n### ").append(title(next)).append("\n");
      if (!shape.doc().isEmpty()) {
        page.append('\n').append(shape.doc()).append('\n');
      }
      table(shape);
    }
  }

  private String form(Type type) {
    Class<?> raw = Shape.raw(type);
    if (raw == List.class) {
      return "a list of " + form(Shape.argument(type));
    }
    if (raw == Map.class) {
      return "a map of " + form(Shape.argument(type));
    }
    if (raw == Ref.class) {
      return "a name";
    }
    if (raw == dev.assay.api.json.Json.class) {
      return "anything";
    }
    if (raw.isEnum()) {
      return Arrays.stream(raw.getEnumConstants())
          .map(ReferencePage::word)
          .map(word -> "`" + word + "`")
          .collect(Collectors.joining(" or "));
    }
    ScalarForm form = ScalarForm.of(raw);
    if (form != null) {
      return form.wanted()
          .replaceAll("(such as )(.*)", "$1`$2`")
          .replace("with ${name} for values", "with `${name}`");
    }
    open.add(raw);
    return "[" + title(raw) + "](#" + title(raw).toLowerCase(Locale.ROOT).replace(' ', '-') + ")";
  }

  private static String title(Class<?> record) {
    String[] words = record.getName().split("[.$]");
    String name = words[words.length - 1].replaceAll("File$", "");
    return Map.of("Ready", "Readiness", "Secret", "Secret source")
        .getOrDefault(name, name.replaceAll("([a-z])([A-Z])", "$1 $2"));
  }

  private static String word(Object constant) {
    return constant.toString().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
