package dev.assay.core.run;

import dev.assay.api.plan.Environment;
import dev.assay.api.plan.Plan;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.api.value.Secret;
import dev.assay.api.value.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The values of names in templates, for one run in one environment. Thread-safe. */
final class Variables {

  private static final int DEEPEST = 20;

  private final Plan plan;
  private final Environment environment;
  private final Ports ports;
  private final Map<String, String> process;
  private final Map<String, String> fixed;
  private final Map<String, Secret> secrets;
  private final Map<String, String> saved = new ConcurrentHashMap<>();

  Variables(
      Plan plan,
      Environment environment,
      Ports ports,
      Map<String, String> process,
      Map<String, String> fixed) {
    this.plan = plan;
    this.environment = environment;
    this.ports = ports;
    this.process = process;
    this.fixed = fixed;
    this.secrets = secrets(plan.folder(), environment, process);
  }

  private static Map<String, Secret> secrets(
      Path folder, Environment environment, Map<String, String> process) {
    Map<String, Secret> secrets = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    environment
        .secrets()
        .forEach((name, source) -> {
          switch (source) {
            case Environment.FromVariable from -> {
              String value = process.get(from.variable());
              if (value == null || value.isEmpty()) {
                problems.add(
                    missing(
                        name,
                        from.place(),
                        "the environment variable " + from.variable() + " is not set",
                        "set it before the run"));
              } else {
                secrets.put(name, Secret.of(value));
              }
            }
            case Environment.FromFile from -> {
              try {
                String value = Files.readString(folder.resolve(from.path())).stripTrailing();
                secrets.put(name, Secret.of(value));
              } catch (IOException unreadable) {
                problems.add(
                    missing(
                        name,
                        from.place(),
                        "the file '" + from.path() + "' cannot be read",
                        "create it, readable by this user only"));
              }
            }
          }
        });
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    return secrets;
  }

  private static Problem missing(String name, Place place, String why, String mend) {
    return RunProblems.NO_SECRET.at(place, "secret '" + name + "' has no value: " + why, mend);
  }

  Collection<Secret> secrets() {
    return secrets.values();
  }

  void save(String name, String value) {
    saved.put(name, value);
  }

  /** Fills a template; the check's own values come first. */
  String fill(Template template, Function<String, Optional<String>> own, Where where) {
    return fill(template, own, where, 0);
  }

  String fill(Template template, Where where) {
    return fill(template, name -> Optional.empty(), where, 0);
  }

  private String fill(
      Template template, Function<String, Optional<String>> own, Where where, int depth) {
    if (depth > DEEPEST) {
      throw RunProblems.NO_VALUE.failure(
          where, "the variables in '" + template + "' contain each other", "break the circle");
    }
    return template.fill(name -> own.apply(name).orElseGet(() -> value(name, where, depth)));
  }

  private String value(String name, Where where, int depth) {
    String known = saved.getOrDefault(name, fixed.get(name));
    if (known != null) {
      return known;
    }
    if (name.startsWith("port.")) {
      return Integer.toString(ports.port(name.substring(5)));
    }
    if (name.startsWith("env.")) {
      return found(
          process.get(name.substring(4)),
          name,
          where,
          "set the environment variable " + name.substring(4));
    }
    if (name.startsWith("secret.")) {
      Secret secret = secrets.get(name.substring(7));
      return found(
          secret == null ? null : secret.reveal(),
          name,
          where,
          "add the secret to environment '" + environment.name() + "'");
    }
    Template template = name.equals("url") ? environment.url() : environment.variables().get(name);
    if (template == null) {
      template = plan.variables().get(name);
    }
    if (template == null) {
      return found(null, name, where, "define it for environment '" + environment.name() + "'");
    }
    return fill(template, own -> Optional.empty(), where, depth + 1);
  }

  private static String found(@Nullable String value, String name, Where where, String mend) {
    if (value == null) {
      throw RunProblems.NO_VALUE.failure(where, "'${" + name + "}' has no value", mend);
    }
    return value;
  }
}
