package dev.assay.suite.report;

import dev.assay.suite.report.ReportNotice.Rule;
import dev.assay.suite.scan.ByteText;
import dev.assay.suite.scan.XmlScanner;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** PIT's {@code mutations.xml}. */
final class PitReader implements ElementReader {

  private static final int LONGEST_LIST = 1 << 20;

  /** The elements of a mutation whose text is wanted. */
  private static final Set<String> TOLD =
      Set.of(
          "sourceFile",
          "mutatedClass",
          "lineNumber",
          "mutator",
          "description",
          "killingTest",
          "killingTests",
          "succeedingTests",
          "coveringTests");

  private final Reading reading;
  private final MutantTally tally = new MutantTally();
  private final Map<String, String> told = new HashMap<>();
  private final ByteText text = new ByteText(LONGEST_LIST);
  private Mutant.@Nullable Status open;

  PitReader(Reading reading) {
    this.reading = reading;
  }

  @Override
  public void start(XmlScanner xml) {
    if (open != null && TOLD.contains(xml.name())) {
      text.clear();
      xml.listen(text);
    }
    if (!xml.name().equals("mutation")) {
      return;
    }
    String status = xml.attribute("status");
    String detected = xml.attribute("detected");
    String word = status == null ? ("true".equals(detected) ? "KILLED" : "SURVIVED") : status;
    String known = word.toLowerCase(Locale.ROOT).replace("_", "");
    open = MutantTally.status(known);
    told.clear();
    if (!tally.count(known)) {
      reading.notice(
          Rule.UNKNOWN,
          false,
          xml.line(),
          xml.column(),
          "has a mutation with the unknown status '" + Texts.shown(word) + "'");
    }
  }

  @Override
  public void end(XmlScanner xml) {
    Mutant.Status status = open;
    if (status == null) {
      return;
    }
    if (xml.name().equals("mutation")) {
      reading.mutant(mutant(status));
      open = null;
    } else if (TOLD.contains(xml.name())) {
      xml.listen(null);
      told.put(xml.name(), text.toString());
    }
  }

  private Mutant mutant(Mutant.Status status) {
    String type = told("mutatedClass");
    String folder = type.substring(0, Math.max(0, type.lastIndexOf('.'))).replace('.', '/');
    Set<String> killing = tests("killingTest", "killingTests");
    Set<String> covering = new LinkedHashSet<>(killing);
    covering.addAll(tests("succeedingTests", "coveringTests"));
    String mutator = told("mutator");
    String shown =
        told("description").isEmpty()
            ? mutator.substring(mutator.lastIndexOf('.') + 1)
            : told("description");
    return new Mutant(
        (folder.isEmpty() ? "" : folder + "/") + told("sourceFile"),
        Math.clamp(Numbers.whole(told("lineNumber")).orElse(0), 0, Integer.MAX_VALUE),
        shown,
        status,
        killing,
        covering,
        told.containsKey("succeedingTests") || told.containsKey("coveringTests"),
        told.containsKey("succeedingTests")
            || told.containsKey("coveringTests") && !status.detected());
  }

  private String told(String element) {
    return told.getOrDefault(element, "").strip();
  }

  private Set<String> tests(String one, String other) {
    List<String> names =
        Arrays.stream((told(one) + "|" + told(other)).split("\\|")).map(TestNames::ofPit).toList();
    return Mutant.tests(names);
  }

  @Override
  public Report report(boolean cut) {
    return tally.report(Format.PIT, reading);
  }
}
