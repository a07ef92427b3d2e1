package dev.assay.chaos.toolkit;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.ProblemType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads an experiment and says everything that is wrong with it: what the toolkit would refuse, and
 * what cannot be carried out here. Nothing is run or sent for it. Not thread-safe.
 */
public final class ExperimentReader {

  private final ExperimentFile file;
  private final Map<String, String> environment;
  private final RunSettings settings;
  private final List<Problem> problems = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final ActivityValidation validation;

  private ExperimentReader(
      ExperimentFile file, Path folder, Map<String, String> environment, RunSettings settings) {
    this.file = file;
    this.environment = environment;
    this.settings = settings;
    this.validation = new ActivityValidation(this::report, folder, environment);
  }

  /**
   * Reads a file.
   *
   * @param path the file
   * @param shown how the user named it
   * @param folder where its programs start
   * @param environment the environment variables
   * @throws ProblemException with every problem of the file
   */
  public static Experiment read(
      Path path, String shown, Path folder, Map<String, String> environment, RunSettings settings) {
    return new ExperimentReader(ExperimentFile.read(path, shown), folder, environment, settings)
        .read();
  }

  /** Reads a text. */
  static Experiment of(
      ExperimentFile file, Path folder, Map<String, String> environment, RunSettings settings) {
    return new ExperimentReader(file, folder, environment, settings).read();
  }

  private Experiment read() {
    if (!(file.root() instanceof Json.Obj root) || root.members().isEmpty()) {
      invalid(List.of(), "an empty experiment is not an experiment", "write a map with a title");
      throw new ProblemException(problems);
    }
    head(root);
    Variables variables = new Variables(environment, this::variable);
    Json.Obj written = object(root, "configuration");
    Map<String, Json> configuration = variables.configuration(written, settings.configuration());
    Map<String, Json> secrets = variables.secrets(object(root, "secrets"), settings.secrets());
    Map<String, Activity> dynamic = dynamic(written);
    List<Activity> probes = hypothesis(root);
    List<Activity> method = activities(root, "method");
    List<Activity> rollbacks = activities(root, "rollbacks");
    references(probes, method, rollbacks);
    controls(root, List.of());
    settings.configuration().keySet().stream()
        .filter(name -> !written.members().containsKey(name))
        .forEach(name -> warnings.add("'" + name + "' is not in the configuration and not used"));
    RunSettings.Strategy strategy =
        choice(root, "hypothesis", RunSettings.Strategy.class, RunSettings.Strategy.DEFAULT);
    RunSettings.Rollbacks rollbackStrategy =
        choice(root, "rollbacks", RunSettings.Rollbacks.class, RunSettings.Rollbacks.DEFAULT);
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    String title =
        Python.text(
            object(root, "steady-state-hypothesis").members().getOrDefault("title", Json.of("")));
    return new Experiment(
        root,
        probes.isEmpty() ? null : title,
        probes,
        method,
        rollbacks,
        configuration,
        dynamic,
        secrets,
        strategy,
        rollbackStrategy,
        List.copyOf(warnings));
  }

  private void head(Json.Obj root) {
    for (String key : List.of("title", "description")) {
      if (!Python.truth(root.members().get(key))) {
        invalid(List.of(), "an experiment requires a " + key, "write '" + key + ": …'");
      } else if (!(root.get(key) instanceof Json.Text)) {
        invalid(List.of(key), "the " + key + " is no text", "put it into quotes");
      }
    }
    if (root.find("tags") instanceof Json.Array tags) {
      for (int i = 0; i < tags.items().size(); i++) {
        if (!(tags.items().get(i) instanceof Json.Text text) || text.value().isEmpty()) {
          invalid(List.of("tags", i), "a tag is no text", "write a word");
        }
      }
    }
    if (root.find("extensions") instanceof Json.Array extensions) {
      for (int i = 0; i < extensions.items().size(); i++) {
        if (!(extensions.items().get(i) instanceof Json.Obj extension)
            || !Python.truth(extension.members().get("name"))) {
          invalid(List.of("extensions", i), "an extension has no name", "write 'name: …'");
        }
      }
    }
    if (root.find("method") == null) {
      invalid(
          List.of(),
          "an experiment requires a method, which can be empty for only checking the steady state",
          "write 'method: []'");
    }
  }

  private Json.Obj object(Json.Obj in, String key) {
    Json value = in.find(key);
    if (value instanceof Json.Obj object) {
      return object;
    }
    if (value != null) {
      invalid(List.of(key), "'" + key + "' is no map", "write it as a map");
    }
    return Json.object().build();
  }

  private Map<String, Activity> dynamic(Json.Obj configuration) {
    Map<String, Activity> dynamic = new LinkedHashMap<>();
    configuration
        .members()
        .forEach((name, value) -> {
          if (Variables.isProbe(value) && !settings.configuration().containsKey(name)) {
            Activity activity = new Activity(value.asObject(), List.of("configuration", name));
            validation.validate(activity);
            dynamic.put(name, activity);
          }
        });
    return dynamic;
  }

  private List<Activity> hypothesis(Json.Obj root) {
    Json.Obj hypothesis = object(root, "steady-state-hypothesis");
    if (root.find("steady-state-hypothesis") != null
        && !Python.truth(hypothesis.members().get("title"))) {
      invalid(List.of("steady-state-hypothesis"), "a hypothesis requires a title", "write one");
    }
    List<Activity> probes = new ArrayList<>();
    if (hypothesis.find("probes") instanceof Json.Array all) {
      for (int i = 0; i < all.items().size(); i++) {
        List<Object> path = List.of("steady-state-hypothesis", "probes", i);
        if (all.items().get(i) instanceof Json.Obj one) {
          Activity probe = new Activity(one, path);
          validation.validate(probe);
          validation.tolerance(probe);
          probes.add(probe);
        } else {
          invalid(path, "an empty activity is no activity", "write a probe");
        }
      }
    }
    return probes;
  }

  private List<Activity> activities(Json.Obj root, String key) {
    List<Activity> activities = new ArrayList<>();
    Json value = root.find(key);
    if (value instanceof Json.Array all) {
      for (int i = 0; i < all.items().size(); i++) {
        if (all.items().get(i) instanceof Json.Obj one && !one.members().isEmpty()) {
          Activity activity = new Activity(one, List.of(key, i));
          validation.validate(activity);
          activities.add(activity);
        } else {
          invalid(
              List.of(key, i), "an empty activity is no activity", "write a probe or an action");
        }
      }
    } else if (value != null) {
      invalid(List.of(key), "'" + key + "' is no list", "write a list of activities");
    }
    return activities;
  }

  private void references(List<Activity> probes, List<Activity> method, List<Activity> rollbacks) {
    List<Activity> all = Stream.of(probes, method, rollbacks).flatMap(List::stream).toList();
    List<String> names = all.stream().map(Activity::name).filter(one -> !one.isEmpty()).toList();
    for (Activity one : all) {
      String ref = one.ref();
      if (ref != null && !names.contains(ref)) {
        invalid(
            append(one.path(), "ref"),
            "the referenced activity '" + ref + "' could not be found in the experiment",
            dev.assay.api.problem.Nearest.to(ref, names)
                .map(near -> "write '" + near + "'")
                .orElse("name an activity of this file"));
      }
    }
  }

  /** Controls are Python; the toolkit goes on without one that it cannot load, too. */
  private void controls(Json value, List<Object> path) {
    if (value instanceof Json.Obj object) {
      object
          .members()
          .forEach((name, member) -> {
            if (name.equals("controls") && member instanceof Json.Array all) {
              all.items().forEach(one -> control(one, path));
            } else if (!name.equals("configuration") && !name.equals("secrets")) {
              controls(member, append(path, name));
            }
          });
    } else if (value instanceof Json.Array array) {
      for (int i = 0; i < array.items().size(); i++) {
        controls(array.items().get(i), append(path, i));
      }
    }
  }

  private void control(Json control, List<Object> path) {
    String name =
        control instanceof Json.Obj object
            ? Python.text(object.members().getOrDefault("name", Json.of("")))
            : "";
    warnings.add(
        file.place(append(path, "controls")).text()
            + ": the control '"
            + name
            + "' is Python and is not run");
  }

  private <E extends Enum<E>> E choice(Json.Obj root, String what, Class<E> type, E otherwise) {
    Json strategy =
        root.find("runtime") instanceof Json.Obj runtime
                && runtime.find(what) instanceof Json.Obj part
            ? part.find("strategy")
            : null;
    if (strategy == null) {
      return otherwise;
    }
    String written = Python.text(strategy);
    // the toolkit's own old spelling
    String name = written.equals("continously") ? "continuously" : written;
    for (E one : type.getEnumConstants()) {
      if (one.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name)) {
        return one;
      }
    }
    invalid(
        List.of("runtime", what, "strategy"),
        "'" + written + "' is no strategy of " + what,
        "write default, or another that the toolkit has");
    return otherwise;
  }

  private static List<Object> append(List<Object> path, Object step) {
    List<Object> longer = new ArrayList<>(path);
    longer.add(step);
    return longer;
  }

  private void variable(Variables.Wrong kind, List<Object> path, String what, String mend) {
    report(
        kind == Variables.Wrong.NO_VALUE ? ToolkitProblems.NO_VALUE : ToolkitProblems.NOT_RUNNABLE,
        path,
        what,
        mend);
  }

  private void invalid(List<Object> path, String what, String mend) {
    report(ToolkitProblems.INVALID, path, what, mend);
  }

  private void report(ProblemType type, List<Object> path, String what, String mend) {
    problems.add(type.at(file.place(path), what, mend));
  }

  /** Takes a problem at a path of the file. */
  @FunctionalInterface
  interface Report {
    void problem(ProblemType type, List<Object> path, String what, String mend);
  }
}
