package dev.assay.cli;

import dev.assay.api.plan.CheckPlan;
import dev.assay.api.plan.Environment;
import dev.assay.api.plan.Plan;
import dev.assay.api.plan.ServicePlan;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.Capability;
import dev.assay.api.spi.Facility;
import dev.assay.api.value.Template;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What {@code assay doctor} looks at. */
final class Examination {

  private static final long LEAST_ROOM = 200L << 20;

  private final Rooms rooms;
  private final Map<String, String> environment;
  private final List<Result> results = new ArrayList<>();

  Examination(Rooms rooms, Map<String, String> environment) {
    this.rooms = rooms;
    this.environment = environment;
  }

  /** How something stands. */
  enum State {
    /** It is there. */
    OK("ok"),
    /** It is not there, and only some work needs it. */
    ABSENT("absent"),
    /** It is not there, and the workspace needs it. */
    MISSING("MISSING");

    private final String word;

    State(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /**
   * One finding.
   *
   * @param state how it stands
   * @param what what was looked at
   * @param mend how to get it; empty where it is there
   */
  record Result(State state, String what, String mend) {}

  List<Result> of(Path file) {
    ok("Java " + Runtime.version());
    folder(Objects.requireNonNull(file.toAbsolutePath().getParent()));
    descriptors();
    rooms.capabilities().forEach(capability -> capability.facilities().forEach(this::facility));
    if (Files.exists(file)) {
      workspace(file);
    } else {
      add(State.ABSENT, "no workspace file '" + file + "'", "write a first one with `assay init`");
      rooms
          .capabilities()
          .forEach(capability -> capability.requirements().forEach(need -> program(need, false)));
    }
    return results;
  }

  private void ok(String what) {
    add(State.OK, what, "");
  }

  private void add(State state, String what, String mend) {
    results.add(new Result(state, what, mend));
  }

  private void folder(Path folder) {
    boolean writable = Files.isWritable(folder);
    add(
        writable ? State.OK : State.MISSING,
        "the folder " + folder + (writable ? " can be written" : " cannot be written"),
        writable ? "" : "make it writable, or copy the workspace elsewhere");
    try {
      long room = Files.getFileStore(folder).getUsableSpace();
      boolean enough = room >= LEAST_ROOM;
      add(
          enough ? State.OK : State.MISSING,
          dev.assay.api.value.Unit.BYTES.format(room) + " free on its disk",
          enough ? "" : "make room: the ledger and the artifacts need some");
    } catch (IOException unknown) {
      add(State.ABSENT, "the room on its disk is not known", "");
    }
  }

  private void facility(Facility facility) {
    add(facility.there() ? State.OK : State.ABSENT, facility.what(), facility.mend());
  }

  private void descriptors() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/limits"))) {
        if (line.startsWith("Max open files")) {
          String soft = line.split("\\s{2,}")[1];
          boolean few = !soft.equals("unlimited") && Long.parseLong(soft) < 1024;
          add(
              few ? State.ABSENT : State.OK,
              soft + " files may be open at once",
              few ? "raise it with `ulimit -n 65536`" : "");
        }
      }
    } catch (IOException | RuntimeException notLinux) {
      // other systems have no such file, and no need to know
    }
  }

  private void workspace(Path file) {
    Plan plan;
    try {
      plan = rooms.parser(environment).parse(file);
    } catch (ProblemException broken) {
      for (Problem problem : broken.problems()) {
        add(State.MISSING, problem.where().text() + ": " + problem.what(), problem.mend());
      }
      return;
    }
    ok(file + " is valid");
    Set<String> types = new LinkedHashSet<>();
    plan.checks().stream().map(CheckPlan::type).forEach(type -> types.add(type.name()));
    for (Capability capability : rooms.capabilities()) {
      boolean used = capability.checkTypes().stream().anyMatch(type -> types.contains(type.name()));
      capability.requirements().forEach(need -> program(need, used));
    }
    Set<String> looked = new HashSet<>();
    for (CheckPlan<?> check : plan.checks()) {
      requirements(check, plan.folder()).stream()
          .filter(need -> looked.add(need.program()))
          .forEach(need -> program(need, true));
    }
    plan.services().forEach(service -> service(plan, service));
    plan.environments().values().forEach(one -> secrets(plan, one));
    variables(file);
  }

  private static <C extends Record> List<Capability.Requirement> requirements(
      CheckPlan<C> check, Path folder) {
    return check.type().requirements(check.configuration(), folder);
  }

  private void program(Capability.Requirement need, boolean used) {
    boolean there =
        need.program().indexOf('/') >= 0
            ? Files.isExecutable(Path.of(need.program()))
            : onPath(need.program());
    add(
        there ? State.OK : used ? State.MISSING : State.ABSENT,
        need.program() + (there ? "" : " is not on the PATH; it is used for " + need.usedFor()),
        there ? "" : need.mend());
  }

  private boolean onPath(String program) {
    for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }

  private void service(Plan plan, ServicePlan service) {
    Template first = service.command().words().getFirst();
    if (!first.names().isEmpty()) {
      return;
    }
    String program = first.source();
    Template written = service.folder();
    Path folder = written == null ? plan.folder() : plan.folder().resolve(written.source());
    boolean there =
        program.indexOf('/') >= 0 ? Files.isExecutable(folder.resolve(program)) : onPath(program);
    add(
        there ? State.OK : State.MISSING,
        "service '"
            + service.name()
            + "' is started with '"
            + program
            + "'"
            + (there ? "" : ", which is not there"),
        there ? "" : "install it, make it executable, or correct the command");
  }

  private void secrets(Plan plan, Environment one) {
    one.secrets()
        .forEach((name, source) -> {
          boolean there =
              switch (source) {
                case Environment.FromVariable from ->
                    !environment.getOrDefault(from.variable(), "").isEmpty();
                case Environment.FromFile from ->
                    Files.isReadable(plan.folder().resolve(from.path()));
              };
          String from =
              switch (source) {
                case Environment.FromVariable variable ->
                    "the environment variable " + variable.variable();
                case Environment.FromFile path -> "the file " + path.path();
              };
          // Only the environment of a run needs its secrets; which one that will be is not known
          // here.
          add(
              there ? State.OK : State.ABSENT,
              "secret '" + name + "' of environment '" + one.name() + "' from " + from,
              there ? "" : "provide " + from + " before a run in '" + one.name() + "'");
        });
  }

  private void variables(Path file) {
    try {
      Set<String> named = new LinkedHashSet<>();
      var matcher =
          java.util.regex.Pattern.compile("\\$\\{env\\.([A-Za-z0-9_]+)}")
              .matcher(Files.readString(file));
      while (matcher.find()) {
        named.add(matcher.group(1));
      }
      for (String name : named) {
        boolean there = environment.containsKey(name);
        add(
            there ? State.OK : State.MISSING,
            "environment variable " + name,
            there ? "" : "set it before the run");
      }
    } catch (IOException unreadable) {
      add(State.MISSING, file + " cannot be read", "allow reading it");
    }
  }
}
