package dev.assay.api.plan;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.CheckType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One check as it will run.
 *
 * @param <C> its configuration
 * @param id its stable identity in the workspace
 * @param type what carries it out
 * @param configuration the decoded configuration
 * @param digest SHA-256 of the configuration as written, with the type's name
 * @param expectations what must hold, the written ones first, then the implied
 * @param needs the checks that must pass before it, written or because they save a variable that it
 *     uses
 * @param saves the variables it saves for later checks
 * @param timeout after how long it is stopped
 * @param observed what is written for each {@link dev.assay.api.spi.ServiceObserver}, by its name
 * @param place where it is written
 */
public record CheckPlan<C extends Record>(
    String id,
    CheckType<C> type,
    C configuration,
    String digest,
    List<Expectation> expectations,
    List<String> needs,
    Set<String> saves,
    Duration timeout,
    Map<String, Record> observed,
    Place place) {

  /**
   * Stands between the id of a check that has a matrix and the cell: {@code unit@java=17+os=linux}.
   */
  public static final char OF_CELL = '@';

  /** Copies the collections. */
  public CheckPlan {
    expectations = List.copyOf(expectations);
    needs = List.copyOf(needs);
    saves = Set.copyOf(saves);
    observed = Map.copyOf(observed);
  }
}
