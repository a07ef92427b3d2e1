package dev.assay.chaos.toolkit;

import dev.assay.api.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every function of Python that has a native replacement. */
final class NativeFunctions {

  private static final Map<String, NativeFunction> ALL = all();

  private NativeFunctions() {}

  private static Map<String, NativeFunction> all() {
    List<NativeFunction> functions = new ArrayList<>();
    functions.addAll(OsPath.functions());
    functions.addAll(Toxiproxy.functions());
    functions.addAll(ChaosMonkey.functions());
    functions.addAll(Prometheus.functions());
    functions.add(
        NativeFunction.of(
            "time", "sleep", List.of(), List.of("secs", "seconds"), NativeFunctions::sleep));
    functions.add(
        NativeFunction.of(
            "chaoslib.exit",
            "exit_gracefully",
            List.of(),
            List.of(),
            (arguments, call) -> {
              throw new Interrupted("the experiment ends itself", true);
            }));
    functions.add(
        NativeFunction.of(
            "chaoslib.exit",
            "exit_ungracefully",
            List.of(),
            List.of(),
            (arguments, call) -> {
              throw new Interrupted("the experiment ends itself, without rollbacks", false);
            }));
    Map<String, NativeFunction> byName = new LinkedHashMap<>();
    functions.forEach(one -> byName.put(one.module() + "." + one.name(), one));
    return Collections.unmodifiableMap(byName);
  }

  private static Json sleep(Arguments arguments, Call call) {
    Duration time = arguments.seconds("secs");
    Duration other = time == null ? arguments.seconds("seconds") : time;
    if (other == null) {
      throw new ActivityFailed("TypeError: sleep() takes exactly one argument (0 given)");
    }
    call.surroundings().sleep(other);
    return Json.Null.VALUE;
  }

  /** The function of that name, or null. */
  static @Nullable NativeFunction find(String module, String name) {
    return ALL.get(module + "." + name);
  }

  /** Their names, for telling people what there is. */
  static List<String> names() {
    return List.copyOf(ALL.keySet());
  }
}
