package dev.assay.suite.analytics;

import dev.assay.suite.failure.Diagnosis;
import dev.assay.suite.failure.DiagnosisForms;
import dev.assay.suite.failure.PastRun;
import dev.assay.suite.failure.TestId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Documents in Markdown that are made of tests: what is tested, and what to do when it fails. */
public final class Handbook {

  private Handbook() {}

  /** What the tests of a run say that the product does, by check and class. */
  public static String documentation(PastRun run) {
    Map<String, Map<String, Map<String, String>>> byCheck = new TreeMap<>();
    run.tests()
        .forEach((test, seen) ->
            byCheck
                .computeIfAbsent(test.check(), key -> new TreeMap<>())
                .computeIfAbsent(test.suite(), key -> new TreeMap<>())
                .put(sentence(test.name()), word(seen)));
    StringBuilder text = new StringBuilder();
    text.append("# What is tested\n\nMade by `assay suite analytics --docs` of run `")
        .append(run.run().id())
        .append("`.\n");
    byCheck.forEach((check, suites) -> {
      text.append("\n## ").append(plain(check)).append('\n');
      suites.forEach((suite, names) -> {
        text.append("\n### ").append(plain(subject(suite))).append("\n\n");
        names.forEach(
            (name, word) -> text.append("- ").append(plain(name)).append(word).append('\n'));
      });
    });
    return text.toString();
  }

  private static String word(PastRun.Seen seen) {
    return switch (seen.result()) {
      case PASSED -> seen.flaky() ? " *(flaky)*" : "";
      case FAILED, ERROR -> " **(fails)**";
      case SKIPPED -> " *(not run)*";
    };
  }

  /** {@code shop.OrderTest} is about Order. */
  static String subject(String suite) {
    String last = suite.substring(suite.lastIndexOf('.') + 1);
    String bare = last.replaceFirst("^test_", "").replaceFirst("(?:Tests?|IT|Spec|TestCase)$", "");
    return bare.isEmpty() ? (suite.isEmpty() ? "Tests" : suite) : sentence(bare);
  }

  /** A name as a sentence: {@code aStalledServerIsSeen()} is "A stalled server is seen". */
  static String sentence(String name) {
    String bare = name.replaceFirst("\\(\\)$", "").strip();
    if (bare.indexOf(' ') >= 0) {
      return bare;
    }
    String words =
        bare.replaceFirst("^test(?=[A-Z_])_?", "")
            .replace('_', ' ')
            .replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ")
            .strip();
    if (words.isEmpty()) {
      return bare;
    }
    StringBuilder sentence = new StringBuilder();
    for (String word : words.split(" +")) {
      boolean shout = word.length() > 1 && word.equals(word.toUpperCase(Locale.ROOT));
      sentence
          .append(sentence.isEmpty() ? "" : " ")
          .append(shout ? word : word.toLowerCase(Locale.ROOT));
    }
    return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
  }

  /** What to do about each failure of a run. */
  public static String runbooks(String run, List<Diagnosis> diagnoses) {
    StringBuilder text = new StringBuilder();
    text.append("# What to do about the failures of run `").append(run).append("`\n");
    if (diagnoses.isEmpty()) {
      text.append("\nNo test failed.\n");
    }
    for (Diagnosis diagnosis : diagnoses) {
      text.append("\n## ")
          .append(plain(diagnosis.cluster().example().title()))
          .append("\n\nFingerprint `")
          .append(diagnosis.cluster().fingerprint())
          .append("`. Seen in:\n\n");
      List<TestId> tests = diagnosis.cluster().tests();
      tests.stream()
          .limit(20)
          .forEach(test -> text.append("- ").append(plain(test.text())).append('\n'));
      if (tests.size() > 20) {
        text.append("- and ").append(tests.size() - 20).append(" more\n");
      }
      steps(text, diagnosis);
    }
    return text.toString();
  }

  private static void steps(StringBuilder text, Diagnosis diagnosis) {
    int[] number = {1};
    text.append('\n');
    diagnosis
        .again()
        .ifPresent(again ->
            text.append(number[0]++)
                .append(". See it again alone:\n\n   ```sh\n   ")
                .append(again.text())
                .append("\n   ```\n\n"));
    for (DiagnosisForms.Fact fact : DiagnosisForms.facts(diagnosis)) {
      String step =
          switch (fact.name()) {
            case "failed at" -> "Look at " + fact.text() + ".";
            case "suspect" -> "Look at the commit " + fact.text() + ".";
            case "before" -> "Compare with the past: " + fact.text() + ".";
            case "try" -> "Try: " + fact.text() + ".";
            case "past" -> "Mind its past: " + fact.text() + ".";
            case "owner" -> "Ask its owner: " + fact.text() + ".";
            default -> "";
          };
      if (!step.isEmpty()) {
        text.append(number[0]++).append(". ").append(plain(step)).append('\n');
      }
    }
  }

  /** A text that Markdown shows as it is. */
  private static String plain(String text) {
    return text.replaceAll("[\\p{Cntrl}]+", " ")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replaceAll("([\\\\`*_\\[\\]|#])", "\\\\$1");
  }
}
