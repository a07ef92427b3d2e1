package dev.assay.cli;

import dev.assay.api.problem.ProblemType;
import dev.assay.api.spi.Capability;
import dev.assay.api.spi.CheckType;
import dev.assay.api.spi.ServiceObserver;
import dev.assay.api.spi.SystemClock;
import dev.assay.api.spi.UndoAction;
import dev.assay.core.compare.MetricCatalog;
import dev.assay.core.parse.PlanProblems;
import dev.assay.core.parse.Vocabulary;
import dev.assay.core.parse.WorkspaceParser;
import dev.assay.core.run.RunProblems;
import dev.assay.core.run.Worktree;
import dev.assay.store.StoreProblems;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * The capabilities on the class path.
 *
 * @param capabilities by name
 */
record Rooms(List<Capability> capabilities) {

  static Rooms onClassPath() {
    return new Rooms(
        ServiceLoader.load(Capability.class).stream()
            .map(ServiceLoader.Provider::get)
            .sorted(Comparator.comparing(Capability::name))
            .toList());
  }

  List<CheckType<?>> checkTypes() {
    List<CheckType<?>> types = new ArrayList<>();
    capabilities.forEach(capability -> types.addAll(capability.checkTypes()));
    types.sort(Comparator.comparing(CheckType::name));
    return types;
  }

  List<ServiceObserver<?>> observers() {
    List<ServiceObserver<?>> observers = new ArrayList<>();
    capabilities.forEach(capability -> observers.addAll(capability.observers()));
    observers.sort(Comparator.comparing(ServiceObserver::name));
    return observers;
  }

  List<ProblemType> problems() {
    List<ProblemType> problems = new ArrayList<>(PlanProblems.all());
    problems.addAll(RunProblems.all());
    problems.addAll(StoreProblems.all());
    problems.addAll(CliProblems.all());
    capabilities.forEach(capability -> problems.addAll(capability.problems()));
    problems.sort(Comparator.comparing(ProblemType::code));
    return problems;
  }

  /** What the capabilities add to a workspace file. */
  Vocabulary words() {
    return new Vocabulary(
        checkTypes(),
        observers(),
        capabilities.stream().flatMap(capability -> capability.sections().stream()).toList());
  }

  /** How they undo what a crash left. */
  List<UndoAction> undoActions() {
    return Stream.concat(
            Stream.of(Worktree.undo(new SystemClock(), this::undoActions)),
            capabilities.stream().flatMap(capability -> capability.undoActions().stream()))
        .toList();
  }

  /** The metrics of the checks that a ledger may hold. */
  MetricCatalog metrics() {
    return MetricCatalog.of(checkTypes(), observers());
  }

  WorkspaceParser parser(Map<String, String> environment) {
    return new WorkspaceParser(words(), environment);
  }
}
