package dev.assay.core.watch;

import dev.assay.api.plan.CheckPlan;
import dev.assay.api.plan.Plan;
import dev.assay.api.value.Template;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells which checks a change concerns, and why. Stateless. */
public final class Affected {

  private Affected() {}

  /**
   * The checks that a change concerns, each with why, in the order of the plan: those whose inputs
   * a changed file is among, and those that say of no inputs, as anything may concern them.
   *
   * @param changed absolute
   */
  public static Map<String, String> by(Plan plan, Collection<Path> changed) {
    Map<String, String> affected = new LinkedHashMap<>();
    if (changed.isEmpty()) {
      return affected;
    }
    for (CheckPlan<?> check : plan.checks()) {
      List<Path> inputs = inputs(check, plan.folder());
      if (inputs.isEmpty()) {
        affected.put(check.id(), "anything may concern it");
        continue;
      }
      Optional<Path> first =
          changed.stream().filter(file -> inputs.stream().anyMatch(file::startsWith)).findFirst();
      first.ifPresent(
          file -> affected.put(check.id(), shown(plan.folder(), file) + " is among its inputs"));
    }
    return affected;
  }

  /** The checks that are written otherwise in a new plan, each with why. */
  public static Map<String, String> by(Plan before, Plan now) {
    Map<String, String> affected = new LinkedHashMap<>();
    for (CheckPlan<?> check : now.checks()) {
      Optional<CheckPlan<?>> old =
          before.checks().stream()
              .filter(one -> one.id().equals(check.id()))
              .<CheckPlan<?>>map(one -> one)
              .findFirst();
      if (old.isEmpty()) {
        affected.put(check.id(), "it is new");
      } else if (!old.get().digest().equals(check.digest())
          || !texts(old.get()).equals(texts(check))) {
        affected.put(check.id(), "it is written otherwise");
      } else if (!before.services().equals(now.services())
          || !before.environments().equals(now.environments())
          || !before.variables().equals(now.variables())) {
        affected.put(check.id(), "what surrounds it is written otherwise");
      }
    }
    return affected;
  }

  private static List<String> texts(CheckPlan<?> check) {
    return check.expectations().stream().map(one -> one.text()).toList();
  }

  private static <C extends Record> List<Path> inputs(CheckPlan<C> check, Path folder) {
    List<Template> written = check.type().inputs(check.configuration());
    try {
      return written.stream().allMatch(one -> one.names().isEmpty())
          ? written.stream()
              .map(one -> folder.resolve(one.fill(name -> "")).toAbsolutePath().normalize())
              .toList()
          : List.of(); // where it lies is known only in a run
    } catch (InvalidPathException impossible) {
      return List.of();
    }
  }

  /** A file as a person names it. */
  public static String shown(Path folder, Path file) {
    return (file.startsWith(folder) ? folder.relativize(file) : file).toString();
  }
}
