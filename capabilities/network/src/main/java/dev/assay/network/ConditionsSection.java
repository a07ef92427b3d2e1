package dev.assay.network;

import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.PartContext;
import dev.assay.api.spi.Passages;
import dev.assay.api.spi.Reference;
import dev.assay.api.spi.RunPart;
import dev.assay.api.spi.WorkspaceSection;
import dev.assay.network.link.Condition;
import dev.assay.network.link.Trace;
import dev.assay.network.profile.MahimahiTrace;
import dev.assay.network.profile.Profile;
import dev.assay.network.profile.Profiles;
import dev.assay.network.web.WebPassages;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** The section {@code conditions}: states of network links by name. */
final class ConditionsSection implements WorkspaceSection<ConditionConfiguration> {

  @Override
  public String name() {
    return "conditions";
  }

  @Override
  public String summary() {
    return "States of network links, for `through`. Profiles can be named without being written: "
        + String.join(", ", builtIn())
        + ".";
  }

  @Override
  public Class<ConditionConfiguration> entry() {
    return ConditionConfiguration.class;
  }

  @Override
  public Set<String> builtIn() {
    return Profiles.builtIn().names();
  }

  @Override
  public List<Reference> references(ConditionConfiguration entry) {
    String like = entry.like();
    return like == null ? List.of() : List.of(new Reference(name(), like, entry.place()));
  }

  @Override
  public void validate(Map<String, ConditionConfiguration> entries, Consumer<Problem> problems) {
    // the files of traces are read when the run begins, from the workspace's folder
    Compilation compilation = new Compilation(entries, (file, place) -> new Trace(1));
    for (Map.Entry<String, ConditionConfiguration> entry : entries.entrySet()) {
      try {
        compilation.own(entry.getKey(), entry.getValue());
      } catch (ProblemException wrong) {
        wrong.problems().forEach(problems);
      }
    }
    compilation.circles().forEach(problems);
  }

  @Override
  public Optional<RunPart> open(Map<String, ConditionConfiguration> entries, PartContext context) {
    Path folder = context.folder();
    Compilation compilation =
        new Compilation(entries, (file, place) -> MahimahiTrace.read(folder.resolve(file)));
    Map<String, Condition> conditions = new LinkedHashMap<>();
    for (String name : entries.keySet()) {
      conditions.put(name, compilation.named(name));
    }
    return Optional.of(new Part(new Conditions(conditions)));
  }

  /** Offers the conditions; nothing of it has to be closed. */
  private record Part(Conditions conditions) implements RunPart {
    @Override
    public <T> Optional<T> offer(Class<T> type) {
      if (type == Passages.class) {
        return Optional.of(type.cast(new WebPassages(conditions)));
      }
      return type == Conditions.class ? Optional.of(type.cast(conditions)) : Optional.empty();
    }

    @Override
    public void close() {}
  }

  /** One pass over the entries. */
  private static final class Compilation {
    private final Map<String, ConditionConfiguration> entries;
    private final ConditionCompiler compiler;
    private final Map<String, Condition> done = new HashMap<>();

    Compilation(
        Map<String, ConditionConfiguration> entries, BiFunction<String, Place, Trace> traces) {
      this.entries = entries;
      this.compiler = new ConditionCompiler(traces);
      for (Profile profile : Profiles.builtIn().all()) {
        if (!entries.containsKey(profile.name())) {
          done.put(profile.name(), profile.condition());
        }
      }
    }

    /** Whether what is written in one entry can be used, whatever it is like. */
    void own(String name, ConditionConfiguration entry) {
      Condition base = name.equals(entry.like()) ? profile(name) : Condition.NONE;
      compiler.compile(entry, base);
    }

    Condition named(String name) {
      Deque<String> likes = new ArrayDeque<>();
      String at = name;
      while (!done.containsKey(at)) {
        ConditionConfiguration entry = entries.get(at);
        likes.push(at);
        String like = entry == null ? null : entry.like();
        if (like == null || likes.contains(like)) {
          break;
        }
        at = like;
      }
      for (String each : likes) {
        ConditionConfiguration entry = entries.get(each);
        if (entry == null) {
          throw NetworkProblems.UNKNOWN_PROFILE.failure(
              Place.NONE, "there is no condition '" + each + "'", "define it under conditions");
        }
        String like = entry.like();
        Condition base =
            like == null
                ? Condition.NONE
                : like.equals(each) ? profile(each) : done.getOrDefault(like, Condition.NONE);
        done.put(each, compiler.compile(entry, base));
      }
      return done.getOrDefault(name, Condition.NONE);
    }

    /** An entry that changes the profile of its own name is like the profile. */
    private static Condition profile(String name) {
      return Profiles.builtIn().find(name).map(Profile::condition).orElse(Condition.NONE);
    }

    /** The entries that are like themselves, over others or at once. */
    List<Problem> circles() {
      Map<Set<String>, Problem> found = new LinkedHashMap<>();
      entries.forEach((name, entry) -> {
        Set<String> met = new LinkedHashSet<>();
        String at = name;
        while (at != null && entries.containsKey(at) && met.add(at)) {
          at = entries.get(at).like();
        }
        boolean ownProfile = name.equals(entry.like()) && Profiles.builtIn().find(name).isPresent();
        if (name.equals(at) && !ownProfile) {
          found.putIfAbsent(
              Set.copyOf(met),
              NetworkProblems.CIRCLE.at(
                  entry.place(),
                  "conditions are like each other in a circle: "
                      + String.join(" → ", met)
                      + " → "
                      + name,
                  "let one of them be like a profile"));
        }
      });
      return List.copyOf(found.values());
    }
  }
}
