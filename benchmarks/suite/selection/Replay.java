import dev.assay.suite.select.SelectedRun;
import dev.assay.suite.select.Selection;
import dev.assay.suite.select.Tracing;
import dev.assay.suite.select.graph.CodeGraph;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Holds the selection against the truth on a real library: after each change all tests run, and
 * those that fail must be among the selected.
 *
 * <p>Two kinds of change: a method whose body throws (every test that executes it is affected), and
 * the difference of two releases, one file after the other in the order in which it compiles. A step
 * is a line of words with tabs: kind, what changed, tests, selected, failing, missed, seconds of the
 * selection, of all tests, and of those selected.
 */
final class Replay {

  private static final Pattern FILE = Pattern.compile("<testcase [^>]*classname=\"([^\"]+)\"[^>]*?(/>|>)");

  private final Path work;
  private final Path jars;
  private final Path console;
  private final String prefix;
  private int checked;
  private int missed;
  private double share;
  private double timeAll;
  private double timeSelected;

  private Replay(Path work, Path jars, Path console, String prefix) {
    this.work = work;
    this.jars = jars;
    this.console = console;
    this.prefix = prefix;
  }

  public static void main(String[] words) throws Exception {
    Path work = Path.of(words[0]).toAbsolutePath();
    Replay replay =
        new Replay(work, Path.of(words[1]).toAbsolutePath(), Path.of(words[2]).toAbsolutePath(), words[3]);
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(words[5]));
    switch (words[4]) {
      case "methods" -> replay.methods(Path.of(words[6]));
      case "mutants" -> replay.mutants(Path.of(words[6]), Long.parseLong(words[7]), until);
      case "releases" -> replay.releases(Path.of(words[6]), Path.of(words[7]), until);
      default -> throw new IllegalArgumentException(words[4]);
    }
    if (!words[4].equals("methods")) {
      replay.sum();
    }
  }

  private Path project() {
    return work.resolve("project");
  }

  private Path kept() {
    return work.resolve("kept");
  }

  // ---- every method at once

  /**
   * Runs all tests once with a probe at the begin of each method: a test class that executes a
   * method must be among the selected when that method changes.
   */
  private void methods(Path release) throws Exception {
    lay(release);
    if (!compile()) {
      throw new IllegalStateException("the release does not compile");
    }
    CodeGraph graph = select().graph();
    Path probes = work.resolve("probes");
    List<String> names = new ArrayList<>();
    List<java.net.URL> urls = new ArrayList<>();
    for (String each : classPath().split(":")) {
      urls.add(Path.of(each).toUri().toURL());
    }
    ClassFile format =
        ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(
                java.lang.classfile.ClassHierarchyResolver.ofClassLoading(
                    new java.net.URLClassLoader(urls.toArray(java.net.URL[]::new)))));
    for (String output : List.of("target/classes", "target/test-classes")) {
      Path base = project().resolve(output);
      List<Path> files;
      try (Stream<Path> all = Files.walk(base)) {
        files = all.filter(Files::isRegularFile).toList();
      }
      for (Path file : files) {
        Path copy = probes.resolve(output).resolve(base.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        byte[] bytes = Files.readAllBytes(file);
        Files.write(
            copy, file.toString().endsWith(".class") ? probed(format, bytes, names) : bytes);
      }
    }
    Path seen = work.resolve("seen.txt");
    Files.deleteIfExists(seen);
    compileProbe(probes.resolve("probe"));
    List<String> words =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Dprobe.file=" + seen,
                "-cp",
                probes.resolve("probe")
                    + ":"
                    + classPath().replace(project().toString(), probes.toString()),
                "org.junit.platform.console.ConsoleLauncher",
                "execute",
                "--details=none",
                "--disable-banner",
                "--scan-classpath=" + probes.resolve("target/test-classes"),
                "--include-classname=" + prefix + ".*Test"));
    Process process =
        new ProcessBuilder(words)
            .directory(project().toFile())
            .redirectErrorStream(true)
            .redirectOutput(work.resolve("output.log").toFile())
            .start();
    process.waitFor();
    truth(graph, names, Files.readAllLines(seen));
  }

  private static byte[] probed(ClassFile format, byte[] bytes, List<String> names) {
    ClassModel model = format.parse(bytes);
    String owner = model.thisClass().asInternalName();
    return format.transformClass(
        model,
        ClassTransform.transformingMethods((method, element) -> {
          if (element instanceof java.lang.classfile.CodeModel code) {
            MethodModel of = code.parent().orElseThrow();
            int id = names.size();
            names.add(owner + "." + of.methodName().stringValue() + of.methodType().stringValue());
            method.transformCode(
                code,
                new java.lang.classfile.CodeTransform() {
                  @Override
                  public void atStart(java.lang.classfile.CodeBuilder builder) {
                    builder
                        .loadConstant(id)
                        .invokestatic(
                            ClassDesc.of("Probe"),
                            "hit",
                            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int));
                  }

                  @Override
                  public void accept(
                      java.lang.classfile.CodeBuilder builder,
                      java.lang.classfile.CodeElement each) {
                    builder.with(each);
                  }
                });
          } else {
            method.with(element);
          }
        }));
  }

  private void compileProbe(Path out) throws Exception {
    Files.createDirectories(out.resolve("META-INF/services"));
    Files.writeString(
        out.resolve("META-INF/services/org.junit.platform.launcher.TestExecutionListener"), "Probe");
    Path source = Path.of(System.getProperty("probe.source")).toAbsolutePath();
    javax.tools.ToolProvider.getSystemJavaCompiler()
        .run(null, null, null, "-d", out.toString(), "-cp", classPath(), source.toString());
  }

  private static void truth(CodeGraph graph, List<String> names, List<String> seen) {
    Map<String, Set<Integer>> executed = new TreeMap<>();
    for (String line : seen) {
      String[] parts = line.split("\t");
      Set<Integer> ids = executed.computeIfAbsent(parts[0], key -> new TreeSet<>());
      for (int at = 1; at < parts.length; at++) {
        ids.add(Integer.parseInt(parts[at]));
      }
    }
    long pairs = 0;
    long lost = 0;
    int tests = graph.tests().size();
    Map<String, Integer> selected = new HashMap<>();
    Map<String, Integer> users = new HashMap<>();
    for (String test : graph.tests()) {
      java.util.BitSet closure = graph.closure(test, Set.of());
      closure.stream().forEach(part -> selected.merge(graph.name(part), 1, Integer::sum));
      for (int id : executed.getOrDefault(test, Set.of())) {
        int part = graph.find(names.get(id));
        pairs++;
        users.merge(names.get(id), 1, Integer::sum);
        if (part < 0 || !closure.get(part)) {
          lost++;
          System.out.println("MISSED\t" + test + "\t" + names.get(id));
        }
      }
    }
    double share = 0;
    double used = 0;
    for (String name : users.keySet()) {
      share += selected.getOrDefault(name, 0) / (double) tests;
      used += users.get(name) / (double) tests;
    }
    double all = 0;
    for (String name : names) {
      all += selected.getOrDefault(name, 0) / (double) tests;
    }
    System.out.printf(
        "# tests %d (traced %d), methods %d (executed %d), executions of a method by a test class"
            + " %d, not selected %d, mean share of tests selected by a change of one method %.3f,"
            + " of an executed one %.3f, that execute it %.3f%n",
        tests, executed.size(), names.size(), users.size(), pairs, lost, all / names.size(),
        share / users.size(), used / users.size());
  }

  // ---- methods that throw

  private void mutants(Path release, long seed, long until) throws Exception {
    lay(release);
    if (!compile()) {
      throw new IllegalStateException("the release does not compile");
    }
    Map<String, Boolean> before = all();
    remember(before);
    List<Path> classes;
    try (Stream<Path> files = Files.walk(project().resolve("target/classes"))) {
      classes = files.filter(each -> each.toString().endsWith(".class")).sorted().toList();
    }
    SplittableRandom random = new SplittableRandom(seed);
    while (System.nanoTime() < until) {
      Path file = classes.get(random.nextInt(classes.size()));
      byte[] bytes = Files.readAllBytes(file);
      ClassModel model = ClassFile.of().parse(bytes);
      List<MethodModel> methods =
          model.methods().stream().filter(each -> each.code().isPresent()).toList();
      if (methods.isEmpty()) {
        continue;
      }
      MethodModel chosen = methods.get(random.nextInt(methods.size()));
      String name = chosen.methodName().stringValue();
      if (name.equals("<init>") || name.equals("<clinit>")) {
        continue;
      }
      Files.write(file, throwing(model, chosen));
      try {
        check("mutant", model.thisClass().asInternalName() + "." + name, before);
      } finally {
        Files.write(file, bytes);
      }
    }
  }

  private static byte[] throwing(ClassModel model, MethodModel chosen) {
    ClassDesc error = ClassDesc.of("java.lang.IllegalStateException");
    return ClassFile.of()
        .transformClass(
            model,
            ClassTransform.transformingMethodBodies(
                method -> method == chosen,
                new java.lang.classfile.CodeTransform() {
                  private boolean done;

                  @Override
                  public void accept(
                      java.lang.classfile.CodeBuilder code, java.lang.classfile.CodeElement each) {
                    if (!done) {
                      done = true;
                      code.new_(error)
                          .dup()
                          .ldc("mutant")
                          .invokespecial(
                              error,
                              ConstantDescs.INIT_NAME,
                              MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String))
                          .athrow();
                    }
                  }
                }));
  }

  // ---- from one release to the next

  private void releases(Path from, Path to, long until) throws Exception {
    lay(from);
    if (!compile()) {
      throw new IllegalStateException("the release does not compile");
    }
    Map<String, Boolean> before = all();
    remember(before);
    Set<String> open = differing(from, to);
    System.out.println("# files that differ: " + open.size());
    Set<String> step = new TreeSet<>();
    while (!open.isEmpty() && System.nanoTime() < until) {
      boolean moved = false;
      for (String path : List.copyOf(open)) {
        if (System.nanoTime() > until) {
          break;
        }
        step.add(path);
        put(to, path);
        if (compile()) {
          open.removeAll(step);
          Map<String, Boolean> results = check("commit", String.join(" ", step), before);
          remember(results);
          before = results;
          step.clear();
          moved = true;
        } else {
          put(from, path);
          step.remove(path);
        }
      }
      if (!moved) {
        // what is left only compiles together
        step.addAll(open);
        for (String path : open) {
          put(to, path);
        }
        open.clear();
        if (compile()) {
          check("rest", step.size() + " files", before);
        }
      }
    }
  }

  private static Set<String> differing(Path from, Path to) throws IOException {
    Set<String> all = new TreeSet<>();
    for (Path root : List.of(from, to)) {
      try (Stream<Path> files = Files.walk(root)) {
        files.filter(Files::isRegularFile).forEach(each -> all.add(root.relativize(each).toString()));
      }
    }
    Set<String> differing = new TreeSet<>();
    for (String path : all) {
      Path first = from.resolve(path);
      Path second = to.resolve(path);
      if (!Files.exists(first) || !Files.exists(second) || Files.mismatch(first, second) >= 0) {
        differing.add(path);
      }
    }
    return differing;
  }

  private void put(Path release, String path) throws IOException {
    Path file = project().resolve(path);
    Path source = release.resolve(path);
    if (Files.exists(source)) {
      Files.createDirectories(file.getParent());
      Files.copy(source, file, StandardCopyOption.REPLACE_EXISTING);
    } else {
      Files.deleteIfExists(file);
    }
  }

  private void lay(Path release) throws IOException {
    Files.createDirectories(project());
    try (Stream<Path> files = Files.walk(release)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        put(release, release.relativize(file).toString());
      }
    }
    Files.writeString(project().resolve("pom.xml"), "<project/>");
  }

  // ---- one step

  private Map<String, Boolean> check(String kind, String what, Map<String, Boolean> before)
      throws Exception {
    long start = System.nanoTime();
    Selection selection = select().selection();
    double seconds = (System.nanoTime() - start) / 1e9;
    Set<String> selected = new TreeSet<>();
    selection.run().forEach(each -> selected.add(each.test()));
    start = System.nanoTime();
    Map<String, Boolean> results = all();
    double whole = (System.nanoTime() - start) / 1e9;
    start = System.nanoTime();
    if (!selected.isEmpty()) {
      run(selected);
    }
    double part = (System.nanoTime() - start) / 1e9;
    Set<String> failing = new TreeSet<>();
    before.forEach((test, passed) -> {
      if (passed && !results.getOrDefault(test, !selection.decisions().stream().anyMatch(each -> each.test().equals(test)))) {
        failing.add(test);
      }
    });
    Set<String> lost = new TreeSet<>(failing);
    lost.removeAll(selected);
    checked++;
    missed += lost.size();
    share += selected.size() / (double) selection.decisions().size();
    timeAll += whole;
    timeSelected += seconds + part;
    System.out.printf(
        "%s\t%s\t%d\t%d\t%d\t%d\t%.1f\t%.1f\t%.1f%n",
        kind, what, selection.decisions().size(), selected.size(), failing.size(), lost.size(), seconds, whole, part);
    lost.forEach(each -> System.out.println("MISSED\t" + each));
    return results;
  }

  private void sum() {
    System.out.printf(
        "# steps %d, missed %d, mean share selected %.3f, time of all %.0f s, of selection and selected %.0f s%n",
        checked, missed, share / checked, timeAll, timeSelected);
  }

  private SelectedRun select() throws IOException {
    return SelectedRun.select(project(), kept(), Map.of(), 0, 1).orElseThrow();
  }

  private void remember(Map<String, Boolean> results) throws IOException {
    select().remember(results, new Tracing.Traces(Map.of(), 0, Set.of()), "run", Instant.now());
  }

  // ---- compiling and running, without Assay

  private boolean compile() throws Exception {
    Path target = project().resolve("target");
    if (Files.exists(target)) {
      try (Stream<Path> files = Files.walk(target)) {
        for (Path each : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
    return compile("src/main/java", "target/classes") && compile("src/test/java", "target/test-classes")
        && resources("src/main/resources", "target/classes")
        && resources("src/test/resources", "target/test-classes");
  }

  private boolean compile(String from, String to) throws Exception {
    Path out = project().resolve(to);
    Files.createDirectories(out);
    List<String> words =
        new ArrayList<>(
            List.of("-g", "-nowarn", "-proc:none", "-encoding", "ISO-8859-1", "-d", out.toString(), "-cp", classPath()));
    try (Stream<Path> files = Files.walk(project().resolve(from))) {
      files.filter(each -> each.toString().endsWith(".java")).forEach(each -> words.add(each.toString()));
    }
    return javax.tools.ToolProvider.getSystemJavaCompiler()
            .run(null, java.io.OutputStream.nullOutputStream(), java.io.OutputStream.nullOutputStream(),
                words.toArray(String[]::new))
        == 0;
  }

  private boolean resources(String from, String to) throws IOException {
    Path base = project().resolve(from);
    if (Files.isDirectory(base)) {
      try (Stream<Path> files = Files.walk(base)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Path copy = project().resolve(to).resolve(base.relativize(file).toString());
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    }
    return true;
  }

  private String classPath() throws IOException {
    StringBuilder path = new StringBuilder();
    path.append(project().resolve("target/classes")).append(':');
    path.append(project().resolve("target/test-classes"));
    for (Path folder : List.of(console, jars)) {
      try (Stream<Path> files = Files.list(folder)) {
        files.sorted().forEach(each -> path.append(':').append(each));
      }
    }
    return path.toString();
  }

  private Map<String, Boolean> all() throws Exception {
    return run(Set.of());
  }

  /** Runs all tests, or those of some classes, in a JVM of their own: which classes passed. */
  private Map<String, Boolean> run(Set<String> only) throws Exception {
    Path reports = work.resolve("reports");
    Path report = reports.resolve("TEST-junit-jupiter.xml");
    Files.deleteIfExists(report);
    List<String> words =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xshare:auto",
                "-Duser.language=en",
                "-cp",
                classPath(),
                "org.junit.platform.console.ConsoleLauncher",
                "execute",
                "--details=none",
                "--disable-banner",
                "--reports-dir=" + reports));
    if (only.isEmpty()) {
      words.add("--scan-classpath=" + project().resolve("target/test-classes"));
      words.add("--include-classname=" + prefix + ".*Test");
    } else {
      only.forEach(each -> words.add("--select-class=" + each));
    }
    Process process =
        new ProcessBuilder(words)
            .directory(project().toFile())
            .redirectErrorStream(true)
            .redirectOutput(work.resolve("output.log").toFile())
            .start();
    if (!process.waitFor(15, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException("the tests do not end");
    }
    return results(Files.readString(report));
  }

  private static Map<String, Boolean> results(String xml) {
    Map<String, Boolean> results = new TreeMap<>();
    Matcher matcher = FILE.matcher(xml);
    Map<String, Boolean> seen = new HashMap<>();
    while (matcher.find()) {
      String name = matcher.group(1);
      String outer = name.contains("$") ? name.substring(0, name.indexOf('$')) : name;
      boolean failed = false;
      if (matcher.group(2).equals(">")) {
        int end = xml.indexOf("</testcase>", matcher.end());
        String body = xml.substring(matcher.end(), end);
        failed = body.contains("<failure") || body.contains("<error");
      }
      seen.merge(outer, !failed, Boolean::logicalAnd);
    }
    results.putAll(seen);
    return results;
  }
}
