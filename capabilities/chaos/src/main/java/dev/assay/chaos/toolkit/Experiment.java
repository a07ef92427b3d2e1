package dev.assay.chaos.toolkit;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Where;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A valid experiment. Immutable.
 *
 * @param source as written; the journal repeats it
 * @param probes of the hypothesis, in order
 * @param hypothesis its title, or null where there is no hypothesis
 * @param method in order
 * @param rollbacks in order
 * @param configuration loaded, without what probes give at the start
 * @param dynamic the probes that give values of the configuration at the start, by name
 * @param secrets loaded, by group
 * @param strategy when the steady state is looked at, as far as the file says it
 * @param rollbackStrategy when rollbacks are run, likewise
 * @param warnings what will not be as the author may think, in sentences
 */
public record Experiment(
    Json.Obj source,
    @Nullable String hypothesis,
    List<Activity> probes,
    List<Activity> method,
    List<Activity> rollbacks,
    Map<String, Json> configuration,
    Map<String, Activity> dynamic,
    Map<String, Json> secrets,
    RunSettings.Strategy strategy,
    RunSettings.Rollbacks rollbackStrategy,
    List<String> warnings) {

  /** Its title as written. */
  public String title() {
    return source.text("title");
  }

  /** The activity that has that name; the last one, as in the toolkit. */
  @Nullable Activity named(String name) {
    return Stream.of(probes, method, rollbacks)
        .flatMap(List::stream)
        .filter(one -> one.name().equals(name))
        .reduce((first, second) -> second)
        .orElse(null);
  }

  /**
   * Refuses an experiment that says nothing of a way back although it does what only its author
   * knows how to undo. An empty list of rollbacks, or asking for none, is saying it.
   *
   * @param shown the file as the user named it
   * @param wanted when rollbacks are to be run; null for what the file says
   */
  public void ensureWayBack(String shown, RunSettings.@Nullable Rollbacks wanted) {
    if (source.members().containsKey("rollbacks") || wanted == RunSettings.Rollbacks.NEVER) {
      return;
    }
    method.stream()
        .map(one -> one.ref() == null ? one : Objects.requireNonNullElse(named(one.ref()), one))
        .filter(one -> one.type().equals("action") && !one.provider().text("type").equals("python"))
        .findFirst()
        .ifPresent(action -> {
          throw ToolkitProblems.NO_ROLLBACK.failure(
              Where.named(shown),
              "there are no rollbacks, and nobody else knows how to undo '" + action.name() + "'",
              "write what undoes it under 'rollbacks', or 'rollbacks: []' where nothing is left,"
                  + " or run it with --rollback-strategy never");
        });
  }
}
