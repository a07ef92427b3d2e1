package dev.assay.network;

import dev.assay.api.problem.Nearest;
import dev.assay.api.problem.Where;
import dev.assay.network.link.Condition;
import dev.assay.network.profile.Profile;
import dev.assay.network.profile.Profiles;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The networks that can be named: the conditions of a workspace, and the profiles that Assay knows.
 * Checks get it by {@code context.find(Conditions.class)}. Immutable and thread-safe.
 */
public final class Conditions {

  private final Map<String, Condition> byName;

  /**
   * These and the profiles.
   *
   * @param own by name; one that has a profile's name stands in its place
   */
  public Conditions(Map<String, Condition> own) {
    Map<String, Condition> all = new LinkedHashMap<>(own);
    for (Profile profile : Profiles.builtIn().all()) {
      all.putIfAbsent(profile.name(), profile.condition());
    }
    byName = Collections.unmodifiableMap(all);
  }

  /** The profiles alone, where there is no workspace. */
  public static Conditions profiles() {
    return new Conditions(Map.of());
  }

  /**
   * The condition of that name.
   *
   * @param place where the name is written
   * @throws dev.assay.api.problem.ProblemException if there is none
   */
  public Condition named(String name, Where place) {
    Condition condition = byName.get(name);
    if (condition == null) {
      throw NetworkProblems.UNKNOWN_PROFILE.failure(
          place, "there is no condition '" + name + "'", Nearest.mend(name, byName.keySet()));
    }
    return condition;
  }

  /** All names, those of the workspace first. */
  public Set<String> names() {
    return byName.keySet();
  }
}
