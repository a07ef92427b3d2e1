package dev.assay.core.parse;

import dev.assay.api.evidence.EvidenceCodec;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.plan.CheckPlan;
import dev.assay.api.plan.Environment;
import dev.assay.api.plan.Plan;
import dev.assay.api.plan.SectionPlan;
import dev.assay.api.plan.ServicePlan;
import dev.assay.api.problem.Nearest;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.CheckType;
import dev.assay.api.spi.Reference;
import dev.assay.api.spi.ServiceObserver;
import dev.assay.api.spi.WorkspaceSection;
import dev.assay.api.value.Template;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads a workspace file. All problems of the file are found in one pass, in the order of their
 * places.
 */
public final class WorkspaceParser {

  private static final Set<String> COMMON_KEYS = Set.of("expect", "needs", "timeout");

  private final Map<String, CheckType<?>> types = new LinkedHashMap<>();
  private final Map<String, ServiceObserver<?>> observers = new LinkedHashMap<>();
  private final List<WorkspaceSection<?>> sectionTypes;
  private final Map<String, String> processEnvironment;

  /**
   * A parser.
   *
   * @param types the check types that the workspace may use
   * @param processEnvironment the values of {@code ${env.NAME}}
   */
  public WorkspaceParser(Collection<CheckType<?>> types, Map<String, String> processEnvironment) {
    this(Vocabulary.of(types), processEnvironment);
  }

  /**
   * A parser.
   *
   * @param words what capabilities add to the file
   * @param processEnvironment the values of {@code ${env.NAME}}
   */
  public WorkspaceParser(Vocabulary words, Map<String, String> processEnvironment) {
    words.types().forEach(type -> this.types.put(type.name(), type));
    words.observers().forEach(observer -> this.observers.put(observer.name(), observer));
    this.sectionTypes = words.sections();
    this.processEnvironment = Map.copyOf(processEnvironment);
  }

  /**
   * Reads a file.
   *
   * @throws ProblemException with every problem of the file
   */
  public Plan parse(Path file) {
    return new Pass(SourceFile.read(file), file).parse();
  }

  /** Reads a text as if it were that file. */
  public Plan parse(String text, Path file) {
    SourceFile source =
        SourceFile.decode(file.toString(), text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return new Pass(source, file).parse();
  }

  /** One pass over one file. */
  private final class Pass {

    private final SourceFile source;
    private final Path file;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, String> constants = new LinkedHashMap<>();
    private final Decoder decoder = new Decoder(problems, this::constant);
    private final Sections sections = new Sections(sectionTypes, decoder, problems);
    private final Matrix matrix = new Matrix(problems);

    Pass(SourceFile source, Path file) {
      this.source = source;
      this.file = file;
    }

    private Optional<String> constant(String name) {
      return name.startsWith("env.")
          ? Optional.ofNullable(processEnvironment.get(name.substring(4)))
          : Optional.ofNullable(constants.get(name));
    }

    Plan parse() {
      Node root =
          YamlReader.read(source, problems)
              .filter(node -> !(node instanceof Node.Scalar scalar && scalar.empty()))
              .orElseThrow(() ->
                  PlanProblems.EMPTY.failure(
                      source.place(0, 0),
                      "the file says nothing",
                      "write at least `workspace: NAME`, or let `assay init` write a first one"));
      if (!(root instanceof Node.Mapping written)) {
        throw PlanProblems.WRONG_TYPE.failure(
            root.place(),
            "a workspace is a map, not " + root.kind(),
            "begin with `workspace: NAME`");
      }
      Node.Mapping mapping = matrix.writtenOut(written);
      collectConstants(mapping);
      Node.Entry checks = mapping.find("checks").orElse(null);
      WorkspaceFile workspace =
          decoder.keepingGood().outermost(ownKeys(mapping), WorkspaceFile.class, sections.names());
      List<CheckDraft<?>> drafts = checks == null ? List.of() : checks(checks.value());
      Plan plan = assemble(workspace, mapping, drafts);
      if (!problems.isEmpty()) {
        throw new ProblemException(distinct());
      }
      return plan;
    }

    /** In the order of their places; a mistake in a check with a matrix is one, not one a cell. */
    private List<Problem> distinct() {
      Map<String, Problem> distinct = new LinkedHashMap<>();
      for (Problem problem : problems) {
        String what = problem.what().replaceAll(CheckPlan.OF_CELL + "[\\w.=+-]+", "");
        distinct.putIfAbsent(problem.code() + problem.where().text() + what, problem);
      }
      return distinct.values().stream()
          .sorted(Comparator.comparingInt(Pass::line).thenComparingInt(Pass::column))
          .toList();
    }

    /** The file without what capabilities read in it: their sections, and observers in services. */
    private Node.Mapping ownKeys(Node.Mapping root) {
      Node.Mapping own =
          new Node.Mapping(
              root.place(),
              root.entries().stream().filter(entry -> !sections.has(entry.key())).toList());
      return mapped(
          own,
          entry ->
              entry.key().equals("services") && entry.value() instanceof Node.Mapping services
                  ? with(entry, mapped(services, this::plainService))
                  : entry);
    }

    private Node.Entry plainService(Node.Entry entry) {
      return entry.value() instanceof Node.Mapping service
          ? with(
              entry,
              new Node.Mapping(
                  service.place(),
                  service.entries().stream()
                      .filter(part -> !observers.containsKey(part.key()))
                      .toList()))
          : entry;
    }

    private static Node.Mapping mapped(Node.Mapping mapping, UnaryOperator<Node.Entry> change) {
      return new Node.Mapping(mapping.place(), mapping.entries().stream().map(change).toList());
    }

    private static Node.Entry with(Node.Entry entry, Node value) {
      return new Node.Entry(entry.key(), entry.keyPlace(), value);
    }

    /** What is written for observers in a service or a check. */
    private Map<String, Record> observed(Node.Mapping mapping) {
      Map<String, Record> observed = new LinkedHashMap<>();
      for (Node.Entry entry : mapping.entries()) {
        ServiceObserver<?> observer = observers.get(entry.key());
        Record configuration = observer == null ? null : observed(observer, entry.value());
        if (configuration != null) {
          observed.put(entry.key(), configuration);
        }
      }
      return observed;
    }

    private <C extends Record> @Nullable Record observed(ServiceObserver<C> observer, Node node) {
      C configuration = decoder.record(node, observer.configuration());
      if (configuration != null) {
        observer.validate(configuration, problems::add);
      }
      return configuration;
    }

    private static int line(Problem problem) {
      return problem.where() instanceof Place place ? place.line() : 0;
    }

    private static int column(Problem problem) {
      return problem.where() instanceof Place place ? place.column() : 0;
    }

    private void collectConstants(Node.Mapping root) {
      root.find("variables")
          .map(Node.Entry::value)
          .ifPresent(node -> {
            if (node instanceof Node.Mapping variables) {
              for (Node.Entry entry : variables.entries()) {
                if (entry.value() instanceof Node.Scalar scalar && !scalar.text().contains("${")) {
                  constants.put(entry.key(), scalar.text());
                }
              }
            }
          });
    }

    private List<CheckDraft<?>> checks(Node node) {
      List<CheckDraft<?>> drafts = new ArrayList<>();
      if (node instanceof Node.Mapping mapping) {
        for (Node.Entry entry : mapping.entries()) {
          CheckDraft<?> draft = check(entry);
          if (draft != null) {
            drafts.add(draft);
          }
        }
      } else if (!(node instanceof Node.Scalar scalar && scalar.empty())) {
        problems.add(
            PlanProblems.WRONG_TYPE.at(
                node.place(),
                "'checks' cannot be " + node.kind(),
                "write a map of checks by their ids"));
      }
      return drafts;
    }

    private @Nullable CheckDraft<?> check(Node.Entry entry) {
      String id = matrix.checkOf(entry.key());
      if (!id.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,79}")) {
        problems.add(
            PlanProblems.WRONG_TYPE.at(
                entry.keyPlace(),
                "'" + id + "' cannot be the id of a check",
                "use letters, digits, '-', '_' and '.', at most 80"));
      }
      if (!(entry.value() instanceof Node.Mapping mapping)) {
        problems.add(
            PlanProblems.WRONG_TYPE.at(
                entry.value().place(),
                "a check cannot be " + entry.value().kind(),
                "write a map with one of: " + String.join(", ", types.keySet())));
        return null;
      }
      List<Node.Entry> typed = new ArrayList<>();
      List<Node.Entry> common = new ArrayList<>();
      for (Node.Entry part : mapping.entries()) {
        if (types.containsKey(part.key())) {
          typed.add(part);
        } else if (COMMON_KEYS.contains(part.key()) || observers.containsKey(part.key())) {
          common.add(part);
        } else {
          unknownCheckKey(part);
        }
      }
      if (typed.size() != 1) {
        problems.add(
            PlanProblems.MISSING_KEY.at(
                entry.keyPlace(),
                "check '"
                    + entry.key()
                    + "' has "
                    + (typed.isEmpty() ? "no type" : "more than one type"),
                "give it exactly one of: " + String.join(", ", types.keySet())));
        decoder.record(
            new Node.Mapping(mapping.place(), rest(common)), WorkspaceFile.CheckFile.class);
        return null;
      }
      CheckType<?> type = types.get(typed.getFirst().key());
      return type == null ? null : draft(entry, typed.getFirst(), common, type);
    }

    private void unknownCheckKey(Node.Entry part) {
      List<String> known = new ArrayList<>(types.keySet());
      known.addAll(List.of("expect", "needs", "timeout", "matrix"));
      known.addAll(observers.keySet());
      problems.add(
          PlanProblems.UNKNOWN_KEY.at(
              part.keyPlace(),
              "unknown key '" + part.key() + "'",
              Nearest.mend(part.key(), known)));
    }

    private List<Node.Entry> rest(List<Node.Entry> common) {
      return common.stream()
          .filter(entry -> !entry.key().equals("expect") && !observers.containsKey(entry.key()))
          .toList();
    }

    private Node.Mapping observing(Node.Mapping check, List<Node.Entry> common, CheckType<?> type) {
      List<Node.Entry> entries =
          common.stream().filter(entry -> observers.containsKey(entry.key())).toList();
      if (!type.wantsMachine()) {
        for (Node.Entry entry : entries) {
          problems.add(
              PlanProblems.UNKNOWN_KEY.at(
                  entry.keyPlace(),
                  "'" + entry.key() + "' is not for checks of the type " + type.name(),
                  "remove it; services are observed only while a check measures time"));
        }
      }
      return new Node.Mapping(check.place(), entries);
    }

    private <C extends Record> @Nullable CheckDraft<C> draft(
        Node.Entry entry, Node.Entry typed, List<Node.Entry> common, CheckType<C> type) {
      WorkspaceFile.CheckFile file =
          decoder.record(
              new Node.Mapping(entry.value().place(), rest(common)), WorkspaceFile.CheckFile.class);
      C configuration = decoder.record(typed.value(), type.configuration());
      if (configuration == null || file == null) {
        return null;
      }
      type.validate(configuration, problems::add);
      Node.Mapping observing = observing((Node.Mapping) entry.value(), common, type);
      Node expect =
          common.stream()
              .filter(part -> part.key().equals("expect"))
              .map(Node.Entry::value)
              .findFirst()
              .orElse(null);
      String digest =
          EvidenceCodec.sha256(
              type.name() + " " + JsonWriter.canonical(Decoder.json(typed.value())));
      return new CheckDraft<>(
          entry.key(),
          entry.keyPlace(),
          type,
          configuration,
          digest,
          new ExpectationReader(problems, decoder, observers.values())
              .read(expect, type, configuration),
          typed.value(),
          observing,
          observed(observing),
          file);
    }

    /**
     * Looks at everything that refers to something; what it makes is a plan only if there is no
     * problem.
     */
    private Plan assemble(WorkspaceFile workspace, Node.Mapping root, List<CheckDraft<?>> drafts) {
      Map<String, Environment> environments = environments(workspace);
      List<ServicePlan> services = services(workspace, root);
      List<SectionPlan<?>> read = sections.read(root);
      Names names = names(root, read);
      checkNames(root, names);
      List<Reference> references = new ArrayList<>(Sections.references(read));
      drafts.forEach(draft -> references.addAll(draft.references()));
      sections.check(references, root);
      List<CheckPlan<?>> checks = checkPlans(root, drafts, names);
      List<List<String>> stages =
          stages(workspace, root, drafts, checks, parts(references, checks));
      return new Plan(
          workspace.workspace(),
          file,
          Objects.requireNonNull(file.toAbsolutePath().normalize().getParent()),
          EvidenceCodec.sha256(source.text()),
          environments,
          workspace.variables(),
          services,
          read,
          checks,
          stages);
    }

    private Map<String, Environment> environments(WorkspaceFile workspace) {
      Map<String, Environment> environments = new LinkedHashMap<>();
      workspace
          .environments()
          .forEach((name, written) ->
              environments.put(
                  name,
                  new Environment(
                      name,
                      written.url(),
                      written.variables(),
                      secrets(written),
                      Optional.ofNullable(written.chaos())
                          .map(said -> said == WorkspaceFile.Chaos.ALLOWED),
                      written.place())));
      if (environments.isEmpty()) {
        environments.put(
            "local",
            new Environment(
                "local", null, Map.of(), Map.of(), Optional.empty(), workspace.place()));
      }
      return java.util.Collections.unmodifiableMap(environments);
    }

    private Map<String, Environment.SecretSource> secrets(WorkspaceFile.EnvironmentFile written) {
      Map<String, Environment.SecretSource> secrets = new LinkedHashMap<>();
      written
          .secrets()
          .forEach((name, secret) -> {
            String env = secret.env();
            String path = secret.file();
            if ((env == null) == (path == null)) {
              problems.add(
                  PlanProblems.WRONG_TYPE.at(
                      secret.place(),
                      "secret '" + name + "' needs exactly one source",
                      "write { env: VARIABLE } or { file: PATH }"));
            } else if (env != null) {
              secrets.put(name, new Environment.FromVariable(env, secret.place()));
            } else if (path != null) {
              secrets.put(name, new Environment.FromFile(path, secret.place()));
            }
          });
      return secrets;
    }

    private List<ServicePlan> services(WorkspaceFile workspace, Node.Mapping root) {
      List<ServicePlan> services = new ArrayList<>();
      Map<String, List<String>> needs = new LinkedHashMap<>();
      Set<String> names = keys(root, "services");
      workspace
          .services()
          .forEach((name, written) -> {
            List<String> needed = refs(written.needs(), names, "service");
            needs.put(name, needed);
            services.add(
                new ServicePlan(
                    name,
                    written.command(),
                    written.environment(),
                    written.folder(),
                    readiness(written.ready()),
                    written.grace(),
                    needed,
                    observed(root, name),
                    written.place()));
          });
      reportCircle(needs, name -> Objects.requireNonNull(workspace.services().get(name)).place());
      return services;
    }

    private Map<String, Record> observed(Node.Mapping root, String service) {
      return root.find("services").map(Node.Entry::value).orElse(null)
                  instanceof Node.Mapping services
              && services.find(service).map(Node.Entry::value).orElse(null)
                  instanceof Node.Mapping written
          ? observed(written)
          : Map.of();
    }

    private ServicePlan.@Nullable Readiness readiness(WorkspaceFile.@Nullable ReadyFile ready) {
      if (ready == null) {
        return null;
      }
      String log = ready.log();
      if (log != null) {
        try {
          java.util.regex.Pattern.compile(log);
        } catch (java.util.regex.PatternSyntaxException wrong) {
          problems.add(
              PlanProblems.WRONG_TYPE.at(
                  ready.place(),
                  "'" + log + "' is not a regular expression: " + wrong.getDescription(),
                  "correct it"));
        }
      }
      if (ready.get() == null && ready.port() == null && log == null) {
        problems.add(
            PlanProblems.WRONG_TYPE.at(
                ready.place(),
                "'ready' names nothing to wait for",
                "write one of: get, port, log"));
      }
      return new ServicePlan.Readiness(ready.get(), ready.port(), log, ready.within());
    }

    private List<String> refs(List<Ref> refs, Set<String> known, String what) {
      List<String> names = new ArrayList<>();
      for (Ref ref : refs) {
        List<String> cells = what.equals("check") ? matrix.cells().get(ref.name()) : null;
        if (cells != null) {
          names.addAll(cells);
        } else if (known.contains(ref.name())) {
          names.add(ref.name());
        } else {
          problems.add(
              PlanProblems.UNKNOWN_NAME.at(
                  ref.place(),
                  "there is no " + what + " '" + ref.name() + "'",
                  Nearest.mend(ref.name(), known)));
        }
      }
      return names;
    }

    private boolean reportCircle(
        Map<String, List<String>> needs, java.util.function.Function<String, Place> place) {
      Optional<List<String>> circle = Graph.circle(needs);
      circle.ifPresent(names ->
          problems.add(
              PlanProblems.CYCLE.at(
                  place.apply(names.getFirst()),
                  "these need each other in a circle: " + String.join(" → ", names),
                  "remove one of the needs")));
      return circle.isPresent();
    }

    /**
     * The names as written, also those whose values are wrong, so that one mistake is one problem.
     */
    private static Names names(Node.Mapping root, List<SectionPlan<?>> read) {
      Set<String> variables = new LinkedHashSet<>(keys(root, "variables"));
      Set<String> secrets = new LinkedHashSet<>();
      root.find("environments")
          .map(Node.Entry::value)
          .ifPresent(environments -> {
            if (environments instanceof Node.Mapping mapping) {
              for (Node.Entry environment : mapping.entries()) {
                if (environment.value() instanceof Node.Mapping one) {
                  variables.addAll(keys(one, "variables"));
                  secrets.addAll(keys(one, "secrets"));
                }
              }
            }
          });
      Set<String> ports = new LinkedHashSet<>(keys(root, "services"));
      read.forEach(plan -> ports.addAll(plan.ports()));
      return new Names(ports, secrets, variables);
    }

    private static Set<String> keys(Node.Mapping mapping, String section) {
      return Sections.keys(mapping, section);
    }

    private void checkNames(Node.Mapping root, Names names) {
      List<String> filled = new ArrayList<>(List.of("variables", "environments", "services"));
      filled.addAll(sections.names());
      for (String section : filled) {
        root.find(section).ifPresent(entry -> checkTemplates(entry.value(), names, Set.of()));
      }
    }

    /** Checks the templates of a part of the file, each at its own place. */
    private void checkTemplates(Node node, Names names, Set<String> nearer) {
      switch (node) {
        case Node.Items items -> items.items().forEach(item -> checkTemplates(item, names, nearer));
        case Node.Mapping mapping ->
            mapping.entries().forEach(entry -> checkTemplates(entry.value(), names, nearer));
        case Node.Scalar scalar -> {
          if (scalar.text().contains("${")) {
            names.check(templateNames(scalar.text()), nearer, scalar.place(), problems);
          }
        }
      }
    }

    private static Set<String> templateNames(String text) {
      try {
        return Template.parse(text).names();
      } catch (IllegalArgumentException reportedByDecoder) {
        return Set.of();
      }
    }

    private List<CheckPlan<?>> checkPlans(
        Node.Mapping root, List<CheckDraft<?>> drafts, Names names) {
      Map<String, String> savedBy = new LinkedHashMap<>();
      for (CheckDraft<?> draft : drafts) {
        for (String saved : draft.saves()) {
          savedBy.putIfAbsent(saved, draft.id());
        }
      }
      List<CheckPlan<?>> checks = new ArrayList<>();
      Map<String, List<String>> needs = new LinkedHashMap<>();
      for (CheckDraft<?> draft : drafts) {
        Set<String> own = draft.defines();
        Set<String> nearer = new LinkedHashSet<>(own);
        nearer.addAll(savedBy.keySet());
        Set<String> used = TemplateNames.in(draft.configuration());
        checkTemplates(draft.written(), names, nearer);
        checkTemplates(draft.observing(), names, Set.of());
        Set<String> needed =
            new LinkedHashSet<>(refs(draft.file().needs(), keys(root, "checks"), "check"));
        for (String name : used) {
          String saver = savedBy.get(name);
          if (saver != null && !own.contains(name) && !names.has(name)) {
            needed.add(saver);
          }
        }
        needs.put(draft.id(), List.copyOf(needed));
        checks.add(draft.plan(List.copyOf(needed)));
      }
      reportCircle(needs, id -> place(drafts, id));
      return checks;
    }

    private static Place place(List<CheckDraft<?>> drafts, String id) {
      return drafts.stream()
          .filter(draft -> draft.id().equals(id))
          .map(CheckDraft::place)
          .findFirst()
          .orElse(Place.NONE);
    }

    /** The checks that others carry out as a part of them, and that nobody waits for. */
    private static Set<String> parts(List<Reference> references, List<CheckPlan<?>> checks) {
      Set<String> parts = new LinkedHashSet<>();
      references.stream()
          .filter(reference -> reference.section().equals("checks"))
          .map(Reference::name)
          .forEach(parts::add);
      checks.forEach(check -> check.needs().forEach(parts::remove));
      return parts;
    }

    private List<List<String>> stages(
        WorkspaceFile workspace,
        Node.Mapping root,
        List<CheckDraft<?>> drafts,
        List<CheckPlan<?>> checks,
        Set<String> parts) {
      if (workspace.stages().isEmpty()) {
        return checks.isEmpty() ? List.of() : List.of(checks.stream().map(CheckPlan::id).toList());
      }
      Map<String, Integer> stageOf = new LinkedHashMap<>();
      List<List<String>> stages = new ArrayList<>();
      for (List<Ref> stage : workspace.stages()) {
        List<String> names = refs(stage, keys(root, "checks"), "check");
        for (String name : names) {
          if (stageOf.put(name, stages.size()) != null) {
            problems.add(
                PlanProblems.NOT_STAGED.at(
                    stage.getFirst().place(),
                    "check '" + name + "' is in more than one place",
                    "name it once"));
          }
        }
        stages.add(names);
      }
      for (CheckDraft<?> draft : drafts) {
        if (!stageOf.containsKey(draft.id()) && !parts.contains(draft.id())) {
          problems.add(
              PlanProblems.NOT_STAGED.at(
                  draft.place(),
                  "check '" + draft.id() + "' is in no stage and would never run",
                  "add it to `stages`, or remove it"));
        }
      }
      reportLaterNeeds(checks, stageOf, drafts);
      return stages;
    }

    private void reportLaterNeeds(
        List<CheckPlan<?>> checks, Map<String, Integer> stageOf, List<CheckDraft<?>> drafts) {
      for (CheckPlan<?> check : checks) {
        for (String needed : check.needs()) {
          int own = stageOf.getOrDefault(check.id(), Integer.MAX_VALUE);
          if (stageOf.getOrDefault(needed, -1) > own) {
            problems.add(
                PlanProblems.CYCLE.at(
                    place(drafts, check.id()),
                    "check '" + check.id() + "' needs '" + needed + "', which is in a later stage",
                    "move '" + needed + "' into the same or an earlier stage"));
          }
        }
      }
    }
  }

  /** A check whose names are not yet resolved. */
  private record CheckDraft<C extends Record>(
      String id,
      Place place,
      CheckType<C> type,
      C configuration,
      String digest,
      List<dev.assay.api.plan.Expectation> expectations,
      Node written,
      Node observing,
      Map<String, Record> observed,
      WorkspaceFile.CheckFile file) {

    Set<String> saves() {
      return type.saves(configuration);
    }

    List<Reference> references() {
      return type.references(configuration);
    }

    Set<String> defines() {
      return type.defines(configuration);
    }

    CheckPlan<C> plan(List<String> needs) {
      return new CheckPlan<>(
          id,
          type,
          configuration,
          digest,
          expectations,
          needs,
          saves(),
          file.timeout(),
          observed,
          place);
    }
  }
}
