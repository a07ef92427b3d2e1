import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Goes through commits of a Maven project, each of which takes back the small fault of the one
 * before and makes another, and holds `assay run` with `select: affected` against `mvn test`, both
 * as a user starts them, in two clones.
 *
 * <p>java Commits.java WORK PROJECT ASSAY COMMITS SEED [MAVEN WORD…]
 */
final class Commits {

  /** What is replaced by what, in code. */
  private static final List<Map.Entry<Pattern, String>> FAULTS =
      List.of(
          Map.entry(Pattern.compile(" == "), " != "),
          Map.entry(Pattern.compile(" != "), " == "),
          Map.entry(Pattern.compile(" < "), " <= "),
          Map.entry(Pattern.compile(" > "), " >= "),
          Map.entry(Pattern.compile(" >= "), " > "),
          Map.entry(Pattern.compile(" && "), " || "),
          Map.entry(Pattern.compile(" \\+ 1\\b"), " - 1"),
          Map.entry(Pattern.compile(" - 1\\b"), " + 1"),
          Map.entry(Pattern.compile("return true;"), "return false;"),
          Map.entry(Pattern.compile("return false;"), "return true;"),
          Map.entry(Pattern.compile("return null;"), "throw new IllegalStateException();"));

  /** Some faults make a test run for ever. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private static final Pattern SUITE =
      Pattern.compile("<testsuite\\b[^>]*?\\bname=\"([^\"]+)\"[^>]*?\\btime=\"([0-9.,]+)\"");

  private final Path project;
  private final Path all;
  private final Path selected;
  private final List<String> assay;
  private final List<String> maven;
  private final SplittableRandom random;
  private final List<Path> sources;
  private final Map<String, Double> seconds = new HashMap<>();

  /** What a run was: the test classes that ran and those that failed, and what it took. */
  private record Run(
      Set<String> ran, Set<String> failed, Duration took, double cpu, int exit) {}

  private record Fault(Path file, String text, String shown) {}

  private Commits(Path work, Path project, Path assay, long seed, List<String> words)
      throws IOException, InterruptedException {
    this.project = project;
    this.all = work.resolve("all");
    this.selected = work.resolve("selected");
    this.assay = List.of(assay.toString(), "run");
    this.maven = new ArrayList<>(List.of("mvn", "-B", "-ntp", "-o", "--fail-at-end", "test"));
    this.maven.addAll(words);
    this.random = new SplittableRandom(seed);
    for (Path clone : List.of(all, selected)) {
      start(work, work.resolve("clone.log"), List.of("git", "clone", "-q", project.toString(), clone.toString()));
    }
    Files.writeString(
        selected.resolve("assay.yaml"),
        "workspace: selection\nchecks:\n  unit:\n    suite:\n      maven: .\n      goals: "
            + String.join(" ", this.maven.subList(3, this.maven.size()))
            + "\n      select: affected\n      cache: accept\n");
    Files.writeString(selected.resolve(".git/info/exclude"), "assay.yaml\n.assay\n");
    try (Stream<Path> files = Files.walk(project.resolve("src/main/java"))) {
      this.sources = files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Path work = Files.createDirectories(Path.of(args[0]).toAbsolutePath());
    Commits commits =
        new Commits(
            work,
            Path.of(args[1]).toAbsolutePath(),
            Path.of(args[2]).toAbsolutePath(),
            Long.parseLong(args[4]),
            List.of(args).subList(5, args.length));
    commits.go(Integer.parseInt(args[3]));
  }

  private void go(int commits) throws IOException, InterruptedException {
    Run truth = all();
    Run first = selected();
    System.out.printf(
        Locale.ROOT,
        "begin: %d test classes, all %d s, with Assay (which runs all the first time) %d s%n",
        truth.ran().size(),
        truth.took().toSeconds(),
        first.took().toSeconds());
    if (!first.ran().equals(truth.ran())) {
      System.out.println("ran otherwise: " + first.ran());
      return;
    }
    Set<String> broken = truth.failed(); // without the Internet, for instance
    System.out.println("fail without any fault, and are not counted as failures: " + broken);
    double allSeconds = 0;
    double selectedSeconds = 0;
    double allCpu = 0;
    double selectedCpu = 0;
    double share = 0;
    double shareOfTime = 0;
    int failing = 0;
    int missed = 0;
    int made = 0;
    int wrong = 0;
    Fault before = null;
    while (made < commits) {
      Fault fault = draw();
      apply(before, fault);
      Run whole = all();
      if (whole.ran().isEmpty() || whole.exit() < 0) {
        wrong++; // does not compile, or never ends
        before = fault;
        continue;
      }
      Run some = selected();
      before = fault;
      made++;
      Set<String> failed = new TreeSet<>(whole.failed());
      failed.removeAll(broken);
      Set<String> misses = new TreeSet<>(failed);
      misses.removeAll(some.ran());
      double time = time(some.ran()) / Math.max(1e-9, time(whole.ran()));
      allSeconds += whole.took().toMillis() / 1e3;
      selectedSeconds += some.took().toMillis() / 1e3;
      allCpu += whole.cpu();
      selectedCpu += some.cpu();
      share += (double) some.ran().size() / whole.ran().size();
      shareOfTime += time;
      failing += failed.size();
      missed += misses.size();
      System.out.printf(
          Locale.ROOT,
          "%3d %s%n    %d of %d test classes (%.0f %% of the tests' time), %d fail, %d missed%s; all %.1f s (%.0f s of"
              + " processor), selected %.1f s (%.0f s)%n",
          made,
          fault.shown(),
          some.ran().size(),
          whole.ran().size(),
          100 * time,
          failed.size(),
          misses.size(),
          misses.isEmpty() ? "" : " " + misses,
          whole.took().toMillis() / 1e3,
          whole.cpu(),
          some.took().toMillis() / 1e3,
          some.cpu());
    }
    System.out.printf(
        Locale.ROOT,
        "%d commits (%d drawn that do not compile or end): %.1f %% of the test classes ran, %.1f %% of the tests' time; of %d"
            + " failures %d missed; all %.0f s, selected %.0f s, %.0f %% less; of"
            + " processor %.0f s and %.0f s, %.0f %% less%n",
        made,
        wrong,
        100 * share / made,
        100 * shareOfTime / made,
        failing,
        missed,
        allSeconds,
        selectedSeconds,
        100 * (1 - selectedSeconds / allSeconds),
        allCpu,
        selectedCpu,
        100 * (1 - selectedCpu / allCpu));
  }

  private double time(Set<String> classes) {
    return classes.stream().mapToDouble(one -> seconds.getOrDefault(one, 0.0)).sum();
  }

  /** A fault somewhere in the code, of which each line that can have one is as likely. */
  private Fault draw() throws IOException {
    while (true) {
      Path file = sources.get(random.nextInt(sources.size()));
      List<String> lines = new ArrayList<>(Files.readAllLines(file, ISO_8859_1));
      int at = random.nextInt(lines.size());
      String line = lines.get(at).strip();
      Map.Entry<Pattern, String> kind = FAULTS.get(random.nextInt(FAULTS.size()));
      Matcher found = kind.getKey().matcher(lines.get(at));
      if (line.startsWith("*") || line.startsWith("/") || line.contains("\"") || !found.find()) {
        continue;
      }
      lines.set(at, found.replaceFirst(Matcher.quoteReplacement(kind.getValue())));
      String name = project.relativize(file).toString();
      return new Fault(
          Path.of(name),
          String.join("\n", lines) + "\n",
          name.replaceFirst("src/main/java/", "") + ":" + (at + 1) + " " + lines.get(at).strip());
    }
  }

  private void apply(Fault before, Fault fault) throws IOException, InterruptedException {
    for (Path clone : List.of(all, selected)) {
      Path log = clone.resolveSibling("git.log");
      if (before != null) {
        start(clone, log, List.of("git", "checkout", "-q", "begin", "--", before.file().toString()));
      } else {
        start(clone, log, List.of("git", "tag", "begin"));
      }
      Files.writeString(clone.resolve(fault.file()), fault.text(), ISO_8859_1);
      start(
          clone,
          log,
          List.of(
              "git", "-c", "user.name=b", "-c", "user.email=b@example.com", "commit", "-qam",
              fault.shown()));
    }
  }

  private Run all() throws IOException, InterruptedException {
    return run(all, maven);
  }

  private Run selected() throws IOException, InterruptedException {
    return run(selected, assay);
  }

  private Run run(Path clone, List<String> command) throws IOException, InterruptedException {
    Path reports = clone.resolve("target/surefire-reports");
    if (Files.isDirectory(reports)) {
      try (Stream<Path> old = Files.list(reports)) {
        for (Path report : old.toList()) {
          Files.delete(report);
        }
      }
    }
    // what it and all that it started took of the processor is said by the shell around it
    Path times = clone.resolveSibling(clone.getFileName() + ".times");
    List<String> timed = new ArrayList<>(
        List.of("bash", "-c", "\"$@\"; code=$?; times > \"$0\"; exit $code", times.toString()));
    timed.addAll(command);
    Files.deleteIfExists(times);
    long begin = System.nanoTime();
    int exit = start(clone, clone.resolveSibling(clone.getFileName() + ".log"), timed);
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    Set<String> ran = new TreeSet<>();
    Set<String> failed = new TreeSet<>();
    if (Files.isDirectory(reports)) {
      try (Stream<Path> files = Files.list(reports)) {
        for (Path file : files.filter(one -> one.toString().endsWith(".xml")).toList()) {
          String text = Files.readString(file, ISO_8859_1);
          Matcher suite = SUITE.matcher(text);
          if (suite.find()) {
            ran.add(suite.group(1));
            seconds.put(suite.group(1), Double.parseDouble(suite.group(2).replace(",", "")));
            if (text.contains("<failure") || text.contains("<error")) {
              failed.add(suite.group(1));
            }
          }
        }
      }
    }
    return new Run(ran, failed, took, cpu(times), exit);
  }

  /** The seconds of the children, which stand in the second line; 0 where it was killed. */
  private static double cpu(Path times) throws IOException {
    double seconds = 0;
    if (Files.isRegularFile(times)) {
      Matcher time = Pattern.compile("(\\d+)m([\\d.]+)s").matcher(Files.readAllLines(times).get(1));
      while (time.find()) {
        seconds += 60 * Integer.parseInt(time.group(1)) + Double.parseDouble(time.group(2));
      }
    }
    return seconds;
  }

  private static int start(Path folder, Path log, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()))
            .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
            .start();
    if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
      return -1;
    }
    return process.exitValue();
  }
}
