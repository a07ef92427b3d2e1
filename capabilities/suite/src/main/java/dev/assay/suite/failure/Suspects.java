package dev.assay.suite.failure;

import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.suite.git.Commit;
import dev.assay.suite.git.Git;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the commits that may have broken a test, and those that mended one. Not thread-safe. */
final class Suspects {

  private static final int MOST_COMMITS = 500;
  private static final int MOST_BLAMED = 5;
  private static final int SHOWN = 5;

  private final Optional<Git> git;
  private final Map<String, List<Commit>> ranges = new LinkedHashMap<>();

  Suspects(Optional<Git> git) {
    this.git = git;
  }

  /** The most suspect commits, and a note on how they were found or why there are none. */
  record Found(List<Suspect> suspects, String note) {}

  Found of(Failure failure, Since since) {
    if (git.isEmpty()) {
      return new Found(List.of(), "there is no git repository here, so no commit can be named");
    }
    if (since.sameCode()) {
      return new Found(
          List.of(),
          "it passed and failed at the same commit, so no commit broke it: it is flaky, or something outside the code changed");
    }
    String bad = since.firstFailure().subject().commit();
    if (bad == null) {
      return new Found(List.of(), "the run does not know its commit");
    }
    if (git.get().resolve(bad).isEmpty()) {
      return new Found(
          List.of(), "commit " + brief(bad) + " of the run is not in this repository; fetch it");
    }
    Map<String, String> blamed = blame(failure, bad);
    RunSummary pass = since.lastPass();
    String good = pass == null ? null : pass.subject().commit();
    if (good == null || git.get().resolve(good).isEmpty()) {
      return byBlame(
          blamed,
          pass == null
              ? "it never passed in the ledger"
              : "the commit of its last pass is not known here");
    }
    List<Commit> range = between(good, bad);
    if (range.isEmpty()) {
      String why =
          since.firstFailure().subject().dirty()
              ? "there is no commit between the last pass and the first failure, but files that were not committed"
              : "there is no commit between the last pass and the first failure";
      return new Found(List.of(), why);
    }
    return new Found(
        weigh(range, failure, blamed),
        "of " + many(range.size()) + " between the last pass and the first failure");
  }

  private static String brief(String hash) {
    return hash.substring(0, Math.min(10, hash.length()));
  }

  private static String many(int commits) {
    return commits == 1 ? "1 commit" : commits + " commits";
  }

  List<Commit> between(String good, String bad) {
    return git.map(repository ->
            ranges.computeIfAbsent(
                good + ".." + bad, key -> repository.between(good, bad, false, MOST_COMMITS)))
        .orElse(List.of());
  }

  /** Which commit wrote the lines that the project's topmost frames are at: by hash, the place. */
  private Map<String, String> blame(Failure failure, String commit) {
    Map<String, String> blamed = new LinkedHashMap<>();
    List<Placed> frames =
        failure.frames().stream()
            .filter(placed -> !placed.path().isEmpty() && placed.frame().line() > 0)
            .limit(MOST_BLAMED)
            .toList();
    for (Placed placed : frames) {
      git.flatMap(repository -> repository.blame(commit, placed.path(), placed.frame().line()))
          .ifPresent(hash -> blamed.putIfAbsent(hash, placed.place()));
    }
    return blamed;
  }

  private Found byBlame(Map<String, String> blamed, String why) {
    List<Suspect> suspects = new ArrayList<>();
    int rank = 1;
    double sum = 0;
    for (int i = 1; i <= blamed.size(); i++) {
      sum += 1.0 / i;
    }
    for (Map.Entry<String, String> entry : blamed.entrySet()) {
      Commit commit = git.flatMap(repository -> repository.commit(entry.getKey())).orElse(null);
      if (commit != null) {
        suspects.add(
            new Suspect(
                commit, 1.0 / rank++ / sum, List.of("it wrote " + entry.getValue() + " last")));
      }
    }
    return new Found(
        suspects.stream().limit(SHOWN).toList(),
        why + "; these wrote the lines it failed at, which need not be what broke it");
  }

  private static List<Suspect> weigh(
      List<Commit> range, Failure failure, Map<String, String> blamed) {
    List<Suspect> weighed = new ArrayList<>();
    double sum = 0;
    for (Commit commit : range) {
      List<String> reasons = new ArrayList<>();
      double weight = weight(commit, failure, blamed, reasons);
      sum += weight;
      weighed.add(new Suspect(commit, weight, reasons));
    }
    double all = sum;
    return weighed.stream()
        .map(suspect -> new Suspect(suspect.commit(), suspect.weight() / all, suspect.reasons()))
        .sorted(Comparator.comparingDouble(Suspect::weight).reversed())
        .limit(SHOWN)
        .toList();
  }

  /**
   * How much likelier than any other commit this one is, by what it touches. The factors are
   * judgements: most breaks are in a file of the stack or beside it.
   */
  static double weight(
      Commit commit, Failure failure, Map<String, String> blamed, List<String> reasons) {
    double weight = 1;
    String line = blamed.get(commit.hash());
    if (line != null) {
      weight *= 10;
      reasons.add("it wrote " + line + ", where it failed");
    }
    Set<String> files = new HashSet<>(commit.files());
    List<String> touched =
        failure.frames().stream().map(Placed::path).distinct().filter(files::contains).toList();
    if (!touched.isEmpty()) {
      weight *= 8;
      reasons.add("it touches " + listed(touched) + " of the stack");
    } else {
      List<String> near =
          failure.frames().stream()
              .map(Placed::path)
              .filter(path -> !path.isEmpty())
              .map(Suspects::folder)
              .distinct()
              .toList();
      List<String> beside =
          commit.files().stream().filter(file -> near.contains(folder(file))).toList();
      if (!beside.isEmpty()) {
        weight *= 3;
        reasons.add("it touches " + listed(beside) + " beside the files of the stack");
      }
    }
    boolean prose = !commit.files().isEmpty() && commit.files().stream().allMatch(Suspects::prose);
    return prose ? weight * 0.05 : weight;
  }

  private static String listed(List<String> files) {
    return files.size() <= 2
        ? String.join(" and ", files)
        : files.getFirst() + " and " + (files.size() - 1) + " more";
  }

  private static String folder(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }

  private static boolean prose(String path) {
    return path.matches(
        "(?i).*\\.(?:md|adoc|rst|txt)|(?:.*/)?(?:LICENSE|NOTICE|CODEOWNERS|\\.gitignore)");
  }

  /** The commits that may have mended a failure, those that touch its files first. */
  List<Commit> mending(String red, String green, Failure failure) {
    Set<String> files = new HashSet<>();
    failure.frames().forEach(placed -> files.add(placed.path()));
    return between(red, green).stream()
        .filter(commit ->
            commit.files().isEmpty() || !commit.files().stream().allMatch(Suspects::prose))
        .sorted(
            Comparator.comparing(
                (Commit commit) -> commit.files().stream().noneMatch(files::contains)))
        .limit(3)
        .toList();
  }
}
