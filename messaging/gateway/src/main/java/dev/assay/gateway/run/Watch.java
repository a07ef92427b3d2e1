package dev.assay.gateway.run;

import dev.assay.api.json.Json;
import dev.assay.api.spi.Clock;
import dev.assay.gateway.State;
import dev.assay.gateway.engine.Counters;
import dev.assay.gateway.engine.Engine.LineView;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Looks at the channels every second and tells what is other than the second before; and once in a
 * minute, where something moved, how many messages came into which state. So nothing of what makes
 * a message fast knows of the log. One thread's.
 */
final class Watch {

  private static final int MINUTE = 60;

  private record Seen(boolean ready, boolean drain, boolean open, boolean paced) {}

  private final Clock clock;
  private final Consumer<Happening> log;
  private final Map<String, Seen> channels = new HashMap<>();
  private final Map<State, Long> counted = new EnumMap<>(State.class);
  private int looks;

  Watch(Clock clock, Consumer<Happening> log) {
    this.clock = clock;
    this.log = log;
  }

  void tell(Happening.Level level, String event, Map<String, Json> fields) {
    log.accept(new Happening(clock.now(), level, event, fields));
  }

  private void info(String event, Map<String, Json> fields) {
    tell(Happening.Level.INFO, event, fields);
  }

  private void warning(String event, Map<String, Json> fields) {
    tell(Happening.Level.WARNING, event, fields);
  }

  /**
   * Looks once.
   *
   * @param troubles why channels are not connected, by name
   */
  void look(List<LineView> lines, Map<String, String> troubles, Counters counters) {
    for (LineView each : lines) {
      Seen now = new Seen(each.ready(), each.drain(), each.open(), each.rate() > 0);
      Seen before = channels.put(each.name(), now);
      changed(each, before == null ? new Seen(false, false, false, false) : before, now, troubles);
    }
    channels.keySet().removeIf(name -> lines.stream().noneMatch(line -> line.name().equals(name)));
    if (++looks % MINUTE == 0) {
      count(counters);
    }
  }

  private void changed(LineView line, Seen before, Seen now, Map<String, String> troubles) {
    Map<String, Json> named = Map.of("channel", Json.of(line.name()));
    if (now.ready() && !before.ready()) {
      info("channel.up", named);
    } else if (!now.ready() && before.ready()) {
      String why = troubles.getOrDefault(line.name(), "");
      warning("channel.down", Map.of("channel", Json.of(line.name()), "trouble", Json.of(why)));
    }
    if (now.open() != before.open()) {
      if (now.open()) {
        warning("circuit.open", named);
      } else {
        info("circuit.closed", named);
      }
    }
    if (now.drain() != before.drain()) {
      info(now.drain() ? "channel.drained" : "channel.resumed", named);
    }
    if (now.paced() != before.paced()) {
      info(
          now.paced() ? "channel.paced" : "channel.free",
          Map.of("channel", Json.of(line.name()), "rate", Json.of(Math.round(line.rate()))));
    }
  }

  private void count(Counters counters) {
    Map<String, Json> moved = new TreeMap<>();
    for (State state : State.values()) {
      long now = counters.reachedCount(state);
      long more = now - counted.getOrDefault(state, 0L);
      counted.put(state, now);
      if (more > 0) {
        moved.put(state.name().toLowerCase(Locale.ROOT), Json.of(more));
      }
    }
    if (!moved.isEmpty()) {
      info("messages", moved);
    }
  }
}
