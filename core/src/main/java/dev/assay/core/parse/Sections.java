package dev.assay.core.parse;

import dev.assay.api.plan.SectionPlan;
import dev.assay.api.problem.Nearest;
import dev.assay.api.problem.Problem;
import dev.assay.api.spi.Reference;
import dev.assay.api.spi.WorkspaceSection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the sections of a file that capabilities define, and looks up what refers to anything. */
final class Sections {

  private final Map<String, WorkspaceSection<?>> sections = new LinkedHashMap<>();
  private final Decoder decoder;
  private final List<Problem> problems;

  Sections(List<WorkspaceSection<?>> sections, Decoder decoder, List<Problem> problems) {
    sections.forEach(section -> this.sections.put(section.name(), section));
    this.decoder = decoder;
    this.problems = problems;
  }

  /** Whether a key of the file is one of these sections. */
  boolean has(String key) {
    return sections.containsKey(key);
  }

  /** Their names. */
  Set<String> names() {
    return sections.keySet();
  }

  /** What the file says in all of them, also in those that it does not have. */
  List<SectionPlan<?>> read(Node.Mapping root) {
    List<SectionPlan<?>> plans = new ArrayList<>();
    for (WorkspaceSection<?> section : sections.values()) {
      plans.add(read(section, root));
    }
    return plans;
  }

  private <E extends Record> SectionPlan<E> read(WorkspaceSection<E> section, Node.Mapping root) {
    Map<String, E> entries = new LinkedHashMap<>();
    root.find(section.name())
        .map(Node.Entry::value)
        .ifPresent(node -> {
          if (node instanceof Node.Mapping mapping) {
            for (Node.Entry entry : mapping.entries()) {
              E decoded = decoder.record(entry.value(), section.entry());
              if (named(section, entry) && decoded != null) {
                entries.put(entry.key(), decoded);
              }
            }
          } else if (!(node instanceof Node.Scalar scalar && scalar.empty())) {
            problems.add(
                PlanProblems.WRONG_TYPE.at(
                    node.place(),
                    "'" + section.name() + "' cannot be " + node.kind(),
                    "write a map of entries by their names"));
          }
        });
    section.validate(entries, problems::add);
    return new SectionPlan<>(section, entries);
  }

  private boolean named(WorkspaceSection<?> section, Node.Entry entry) {
    if (entry.key().matches("[A-Za-z0-9][A-Za-z0-9_-]{0,79}")) {
      return true;
    }
    problems.add(
        PlanProblems.WRONG_TYPE.at(
            entry.keyPlace(),
            "'" + entry.key() + "' cannot be a name in '" + section.name() + "'",
            "use letters, digits, '-' and '_', at most 80"));
    return false;
  }

  /** What the entries of all sections refer to. */
  static List<Reference> references(List<SectionPlan<?>> plans) {
    List<Reference> references = new ArrayList<>();
    plans.forEach(plan -> addReferences(plan, references));
    return references;
  }

  private static <E extends Record> void addReferences(
      SectionPlan<E> plan, List<Reference> references) {
    plan.entries().values().forEach(entry -> references.addAll(plan.section().references(entry)));
  }

  /** Reports every reference to something that is not there. */
  void check(List<Reference> references, Node.Mapping root) {
    for (Reference reference : references) {
      Set<String> known = new LinkedHashSet<>(keys(root, reference.section()));
      WorkspaceSection<?> section = sections.get(reference.section());
      if (section != null) {
        known.addAll(section.builtIn());
      }
      if (!known.contains(reference.name())) {
        problems.add(
            PlanProblems.UNKNOWN_NAME.at(
                reference.place(),
                "there is no "
                    + reference.section().replaceAll("s$", "")
                    + " '"
                    + reference.name()
                    + "'",
                Nearest.mend(reference.name(), known)));
      }
    }
  }

  /** The names under a key of the file, as written. */
  static Set<String> keys(Node.Mapping mapping, String section) {
    Set<String> keys = new LinkedHashSet<>();
    if (mapping.find(section).map(Node.Entry::value).orElse(null) instanceof Node.Mapping found) {
      found.entries().forEach(entry -> keys.add(entry.key()));
    }
    return keys;
  }
}
