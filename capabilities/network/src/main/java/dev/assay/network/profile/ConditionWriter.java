package dev.assay.network.profile;

import dev.assay.network.link.Condition;
import dev.assay.network.link.Counting;
import dev.assay.network.link.Delay;
import dev.assay.network.link.DirectionCondition;
import dev.assay.network.link.Distribution;
import dev.assay.network.link.Loss;
import dev.assay.network.link.Percentiles;
import dev.assay.network.link.Queue;
import dev.assay.network.link.Reordering;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes conditions as they stand in a workspace, in YAML; what is read back is the same. */
public final class ConditionWriter {

  private ConditionWriter() {}

  /**
   * The sections {@code conditions} and, where proxies were described, {@code links}.
   *
   * @param all what was imported; of the same names the later ones get a number
   */
  public static String workspace(List<Imported> all) {
    StringBuilder text = new StringBuilder("conditions:\n");
    Map<String, Imported> named = named(all);
    named.forEach((name, imported) -> {
      if (!imported.title().isBlank()) {
        text.append("  # ").append(comment(imported.title())).append('\n');
      }
      imported
          .notes()
          .forEach(note -> text.append("  # note: ").append(comment(note)).append('\n'));
      text.append("  ").append(name).append(": ");
      text.append(flow(imported.condition(), imported.traces())).append('\n');
    });
    StringBuilder links = new StringBuilder();
    named.forEach((name, imported) ->
        imported
            .route()
            .ifPresent(route -> {
              links.append("  ").append(name).append(": { to: ").append(quoted(route.to()));
              if (!route.listen().isEmpty()) {
                links.append(", listen: ").append(quoted(route.listen()));
              }
              links.append(", through: ").append(name).append(" }\n");
            }));
    return links.isEmpty() ? text.toString() : text + "links:\n" + links;
  }

  /** One condition, in braces; without the files of its traces it has no traces. */
  public static String flow(Condition condition) {
    return flow(condition, Map.of());
  }

  private static String flow(Condition condition, Map<String, String> traces) {
    if (condition.up().offline() && condition.down().offline()) {
      return "{ offline: true }";
    }
    Map<String, String> keys = new LinkedHashMap<>();
    put(keys, "down", direction(condition.down(), traces.get("down")));
    put(keys, "up", direction(condition.up(), traces.get("up")));
    return braces(keys);
  }

  private static String direction(DirectionCondition direction, @Nullable String trace) {
    Map<String, String> keys = new LinkedHashMap<>();
    if (direction.bitsPerSecond() > 0) {
      keys.put("rate", new Bandwidth(direction.bitsPerSecond()).toString());
    }
    if (trace != null) {
      keys.put("trace", quoted(trace));
    }
    if (direction.limited() && direction.counting() != Counting.IP) {
      keys.put("counting", "payload");
    }
    put(keys, "delay", delay(direction.delay()));
    put(keys, "loss", loss(direction.loss()));
    put(keys, "queue", queue(direction.queue()));
    if (direction.duplicate() > 0) {
      keys.put("duplicate", share(direction.duplicate()));
    }
    put(keys, "reorder", reordering(direction.reordering()));
    if (direction.window() != DirectionCondition.USUAL_WINDOW) {
      keys.put("window", direction.window() + " B");
    }
    if (direction.slowStart()) {
      keys.put("slow start", "true");
    }
    if (direction.offline()) {
      keys.put("offline", "true");
    }
    return keys.isEmpty() ? "" : braces(keys);
  }

  private static String delay(Delay delay) {
    Map<String, String> keys = new LinkedHashMap<>();
    switch (delay.distribution()) {
      case Distribution.Constant constant -> {
        return constant.nanos() == 0 ? "" : time(constant.nanos());
      }
      case Distribution.Uniform uniform -> {
        keys.put("uniform", time(uniform.middle()));
        keys.put("spread", time(uniform.spread()));
      }
      case Distribution.Normal normal -> {
        keys.put("normal", time(normal.middle()));
        keys.put("deviation", time(normal.spread()));
      }
      case Distribution.LogNormal log -> {
        keys.put("log normal", time(log.mean()));
        keys.put("deviation", time(log.deviation()));
      }
      case Distribution.Pareto pareto -> {
        double tail = pareto.scale() * pareto.shape() / (pareto.shape() - 1);
        keys.put("pareto", time(pareto.shift() + tail));
        if (pareto.shift() == 0) {
          keys.put("shape", plain(pareto.shape()));
        } else {
          keys.put("deviation", time(pareto.deviation()));
        }
      }
      case Percentiles table ->
          keys.put(
              "percentiles",
              table.table().entrySet().stream()
                  .map(entry -> '"' + plain(entry.getKey() * 100) + "\": " + time(entry.getValue()))
                  .collect(Collectors.joining(", ", "{ ", " }")));
    }
    if (delay.correlation() > 0) {
      keys.put("correlation", share(delay.correlation()));
    }
    return braces(keys);
  }

  private static String loss(Loss loss) {
    return switch (loss) {
      case Loss.Independent alone -> alone.share() == 0 ? "" : share(alone.share());
      case Loss.GilbertElliott channel -> {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("bad after", share(channel.badAfter()));
        keys.put("good after", share(channel.goodAfter()));
        keys.put("lost when bad", share(channel.lostWhenBad()));
        if (channel.lostWhenGood() > 0) {
          keys.put("lost when good", share(channel.lostWhenGood()));
        }
        yield braces(keys);
      }
    };
  }

  private static String queue(Queue queue) {
    Map<String, String> keys = new LinkedHashMap<>();
    if (queue.target() > 0) {
      keys.put("codel", time(queue.target()));
      if (queue.interval() != Queue.INTERVAL) {
        keys.put("interval", time(queue.interval()));
      }
    }
    if (queue.limit() > 0) {
      keys.put("limit", queue.limit() + " B");
    }
    return keys.isEmpty() ? "" : braces(keys);
  }

  private static String reordering(Reordering reordering) {
    Map<String, String> keys = new LinkedHashMap<>();
    if (reordering.share() > 0) {
      keys.put("share", share(reordering.share()));
    }
    if (reordering.gap() > 1) {
      keys.put("gap", Integer.toString(reordering.gap()));
    }
    if (reordering.byJitter()) {
      keys.put("by jitter", "true");
    }
    return keys.isEmpty() ? "" : braces(keys);
  }

  private static Map<String, Imported> named(List<Imported> all) {
    Map<String, Imported> named = new LinkedHashMap<>();
    Set<String> taken = new LinkedHashSet<>();
    for (Imported imported : all) {
      String name = imported.name();
      for (int number = 2; !taken.add(name); number++) {
        name = imported.name() + "-" + number;
      }
      named.put(name, imported);
    }
    return named;
  }

  private static void put(Map<String, String> keys, String key, String value) {
    if (!value.isEmpty()) {
      keys.put(key, value);
    }
  }

  private static String braces(Map<String, String> keys) {
    List<String> parts = new ArrayList<>();
    keys.forEach((key, value) -> parts.add(key + ": " + value));
    return parts.isEmpty() ? "{}" : "{ " + String.join(", ", parts) + " }";
  }

  private static String time(double nanos) {
    return plain(nanos / 1e6) + " ms";
  }

  private static String share(double ratio) {
    return plain(ratio * 100) + " %";
  }

  private static String plain(double value) {
    BigDecimal number =
        BigDecimal.valueOf(value).setScale(9, RoundingMode.HALF_UP).stripTrailingZeros();
    return number.toPlainString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String comment(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() > 150 ? line.substring(0, 150) + "…" : line;
  }
}
