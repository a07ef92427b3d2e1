package dev.assay.chaos;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.Default;
import dev.assay.api.spi.Doc;
import dev.assay.api.spi.Key;
import dev.assay.api.spi.Shorthand;
import dev.assay.api.value.Template;
import dev.assay.chaos.toolkit.RunSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An experiment: a steady state, what is broken when, and when to stop; or a file of the Chaos
 * Toolkit.
 *
 * @param experiment a file of the Chaos Toolkit
 * @param steady the check whose expectations are the steady state
 * @param newConnections a check of the same kind that opens a connection for each request
 * @param window how much evidence the steady state is judged on
 * @param faults what is broken when
 * @param random faults drawn at random
 * @param lasts how long the method is, at least
 * @param recoverWithin how long it is waited for the steady state after the last fault
 * @param abort when everything is undone at once
 * @param blastRadius what may be touched at the most
 * @param place where it is written
 */
@Doc(
    "Breaks something on purpose while a check goes on, watches whether what the check expects still holds, and always mends what it broke.")
public record ChaosConfiguration(
    @Doc("A file of the Chaos Toolkit that is run as it is, instead of what is written here.")
        @Nullable ToolkitFile experiment,
    @Doc(
            "The check that goes on meanwhile; that its expectations hold is the steady state. A load check with a rate says most, as it does not wait for slow answers.")
        @Nullable String steady,
    @Doc(
            "A second check that opens a connection for each request, so that recovery is also measured on new connections.")
        @Nullable String newConnections,
    @Doc(
            "How much evidence the steady state is judged on, and how long it must hold again to count as recovered; 1 s to 5 min.")
        @Default("5s")
        Duration window,
    @Doc("What is broken when.") List<TimedFault> faults,
    @Doc("Faults drawn from a list at random times; the same seed draws the same.")
        @Nullable RandomFaults random,
    @Doc(
            "How long the method lasts at least, also after the last fault that has a time; needed where faults wait for a condition.")
        @Nullable Duration lasts,
    @Doc("How long it is waited for the steady state after the last fault ended.") @Default("60s")
        Duration recoverWithin,
    @Doc(
            "Ends the experiment and undoes everything as soon as one of these holds on the last window: `errors: \"> 50 %\"`.")
        Map<String, String> abort,
    @Doc("What may be touched at the most.") @Nullable BlastRadius blastRadius,
    Place place) {

  /** Copies the collections, keeping their order. */
  public ChaosConfiguration {
    faults = List.copyOf(faults);
    abort = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(abort));
  }

  /** Every fault that may happen, timed, triggered or drawn. */
  List<TimedFault> everyFault() {
    List<TimedFault> all = new ArrayList<>(faults);
    RandomFaults drawn = random;
    if (drawn != null) {
      all.addAll(drawn.of());
    }
    return all;
  }

  /**
   * Faults drawn at random.
   *
   * @param faults how many
   * @param within in what time
   * @param of from which
   * @param place where it is written
   */
  @Doc("Faults drawn at random from a list, at random times.")
  public record RandomFaults(
      @Doc("How many, 1 to 1000.") int faults,
      @Doc("In what time they begin and end.") Duration within,
      @Doc("From which they are drawn, without times of their own but `for`.") List<TimedFault> of,
      Place place) {

    /** Copies the list. */
    public RandomFaults {
      of = List.copyOf(of);
    }
  }

  /**
   * What may be touched.
   *
   * @param targets how many services, links, paths, ports
   * @param place where it is written
   */
  @Doc("What may be touched at the most; a workspace that names more is refused before it runs.")
  public record BlastRadius(
      @Doc("How many different services, links, paths and ports.") @Shorthand int targets,
      Place place) {}

  /**
   * A file of the Chaos Toolkit and how it is run.
   *
   * @param file its path
   * @param hypothesis when the steady state is looked at
   * @param frequency how long between looks during the method
   * @param failFast whether a look that fails ends the method
   * @param rollbacks when rollbacks are run
   * @param dry what is left out
   * @param set values of its configuration
   * @param variables files with values of its configuration and secrets
   * @param journal where the journal is also written
   * @param place where it is written
   */
  @Doc("An experiment of the Chaos Toolkit.")
  public record ToolkitFile(
      @Doc("The file, .json, .yaml or .yml, relative to the workspace.") @Shorthand Template file,
      @Doc("When the steady state is looked at; what the file says where it is not written.")
          RunSettings.@Nullable Strategy hypothesis,
      @Doc("How long is waited between looks during the method.") @Default("1s") Duration frequency,
      @Doc("Whether a look during the method that fails ends it.") @Default("false")
          boolean failFast,
      @Doc("When its rollbacks are run; what the file says where it is not written.")
          RunSettings.@Nullable Rollbacks rollbacks,
      @Doc("What is left out.") RunSettings.@Nullable Dry dry,
      @Doc("Values of its configuration: `name: value`, or `name:int: 5` with a type.") @Key("var")
          Map<String, Template> set,
      @Doc("Files of variables, as `chaos run --var-file` takes them.") @Key("var files")
          List<Template> variables,
      @Doc(
              "Where the toolkit's journal is written, relative to the workspace; it is always kept as an artifact.")
          @Nullable Template journal,
      Place place) {

    /** Copies the collections. */
    public ToolkitFile {
      set = Map.copyOf(set);
      variables = List.copyOf(variables);
    }
  }
}
