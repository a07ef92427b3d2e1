package dev.assay.core.parse;

import dev.assay.api.problem.Nearest;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The names that templates of a workspace may use, and the problem of one that is not among them.
 */
final class Names {

  private static final List<String> FIXED = List.of("url", "folder", "run", "seed");

  private final Set<String> known = new LinkedHashSet<>(FIXED);
  private final Set<String> services;

  Names(Collection<String> services, Collection<String> secrets, Collection<String> variables) {
    this.services = new LinkedHashSet<>(services);
    services.forEach(service -> known.add("port." + service));
    secrets.forEach(secret -> known.add("secret." + secret));
    known.addAll(variables);
  }

  /** Whether a template of the workspace may use it. */
  boolean has(String name) {
    if (name.startsWith("env.")) {
      return true;
    }
    if (name.startsWith("port.")) {
      String service = name.substring(5);
      int dot = service.indexOf('.');
      return services.contains(dot < 0 ? service : service.substring(0, dot));
    }
    return known.contains(name);
  }

  /** Reports every name that is neither known here nor among those defined nearer by. */
  void check(Set<String> used, Set<String> nearer, Place place, List<Problem> problems) {
    for (String name : used) {
      if (!has(name) && !defined(name, nearer)) {
        Set<String> candidates = new LinkedHashSet<>(nearer);
        candidates.addAll(known);
        problems.add(
            PlanProblems.UNKNOWN_NAME.at(
                place, "nothing gives '${" + name + "}' a value", mend(name, candidates)));
      }
    }
  }

  /** Whether a name is in a set, or one that ends in {@code .*} stands for it. */
  private static boolean defined(String name, Set<String> names) {
    return names.contains(name)
        || names.stream()
            .anyMatch(
                one -> one.endsWith(".*") && name.startsWith(one.substring(0, one.length() - 1)));
  }

  private static String mend(String name, Set<String> candidates) {
    return Nearest.to(name, candidates)
        .map(near -> "did you mean '${" + near + "}'?")
        .orElse(
            "define it under `variables`, or save it in a check before; known are: "
                + String.join(", ", candidates));
  }
}
