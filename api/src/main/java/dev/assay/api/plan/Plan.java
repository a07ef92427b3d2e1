package dev.assay.api.plan;

import dev.assay.api.value.Template;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A parsed and valid workspace.
 *
 * @param workspace its name
 * @param file the workspace file
 * @param folder its absolute folder; relative paths start here
 * @param digest SHA-256 of the file
 * @param environments by name, at least one
 * @param variables names for templates, of the whole workspace
 * @param services in the order of the file
 * @param sections what capabilities read beside, one for each section that they define
 * @param checks in the order of the file
 * @param stages groups of check ids; a stage starts when all before it passed
 */
public record Plan(
    String workspace,
    Path file,
    Path folder,
    String digest,
    Map<String, Environment> environments,
    Map<String, Template> variables,
    List<ServicePlan> services,
    List<SectionPlan<?>> sections,
    List<CheckPlan<?>> checks,
    List<List<String>> stages) {

  /** Copies the collections. */
  public Plan {
    variables = Map.copyOf(variables);
    services = List.copyOf(services);
    sections = List.copyOf(sections);
    checks = List.copyOf(checks);
    stages = stages.stream().map(List::copyOf).toList();
  }

  /** The check of that id. */
  public CheckPlan<?> check(String id) {
    return checks.stream()
        .filter(check -> check.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no check '" + id + "'"));
  }

  /**
   * The ids that a person means by a name: that check, or all the cells of the check with a matrix
   * that is called so; empty where there is neither.
   */
  public List<String> named(String name) {
    List<String> ids = checks.stream().map(CheckPlan::id).toList();
    return ids.contains(name)
        ? List.of(name)
        : ids.stream().filter(id -> id.startsWith(name + CheckPlan.OF_CELL)).toList();
  }
}
