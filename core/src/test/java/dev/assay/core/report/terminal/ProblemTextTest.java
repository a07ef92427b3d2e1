package dev.assay.core.report.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.JsonWriter;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import dev.assay.api.problem.Where;
import dev.assay.core.report.Golden;
import dev.assay.core.report.JsonReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTextTest {

  private static final ProblemType UNKNOWN_KEY =
      new ProblemType("ASSAY-PLAN-007", ProblemKind.USER, "Unknown key", "Why.");
  private static final ProblemType DEFECT =
      new ProblemType("ASSAY-CORE-001", ProblemKind.INTERNAL, "Defect", "Why.");

  private static Problem key(int line, int column, String source) {
    return UNKNOWN_KEY.at(
        new Place("assay.yaml", line, column, source),
        "unknown key 'expct' in check 'smoke'",
        "did you mean 'expect'?");
  }

  @Test
  void aProblemShowsItsLineWithACaret() throws IOException {
    List<Problem> problems = new ArrayList<>();
    problems.add(key(12, 7, "      expct: { status: 200 }"));
    problems.add(key(3, 3, "\t\texpct: 1"));
    problems.add(key(1234, 8, "  \"漢字\": expct"));
    problems.add(key(4, 7, "cafe\u0301 expct"));
    problems.add(key(5, 400, "x".repeat(399) + "expct" + "y".repeat(300)));
    problems.add(key(6, 9, "expct:"));
    problems.add(key(6, 3, "a \u001b[31mexpct"));
    problems.add(key(1, 1, ""));
    problems.add(
        UNKNOWN_KEY.at(Where.named("127.0.0.1:8080"), "two lines\nof it", "do this\nthen that"));
    Golden.check("problems.txt", new ProblemText(Ink.PLAIN).render(problems));
    assertThat(new ProblemText(Ink.COLOUR).render(problems.getFirst()))
        .contains("\u001b[1;31merror");
  }

  @Test
  void theCaretStandsBelowTheColumnAlsoAfterTabsAndWideCharacters() {
    for (String source : List.of("\tab #x", "漢字 #x", "e\u0301e\u0301 #x", "😀 #x", "#x")) {
      int column = source.codePointCount(0, source.indexOf('#')) + 1;
      List<String> lines =
          new ProblemText(Ink.PLAIN).render(key(1, column, source)).lines().toList();
      String shown = lines.get(2);
      assertThat(Glyphs.width(shown.substring(0, shown.indexOf('#'))))
          .as(source)
          .isEqualTo(lines.get(3).indexOf('^'));
    }
  }

  @Test
  void onlyADefectShowsItsTrace() {
    IllegalStateException cause = new IllegalStateException("boom");
    Problem defect = DEFECT.at(Where.named("check smoke"), "it broke", "report it").causedBy(cause);
    assertThat(new ProblemText(Ink.PLAIN).render(defect))
        .contains("java.lang.IllegalStateException: boom")
        .contains("ProblemTextTest");
    assertThat(new ProblemText(Ink.PLAIN).render(key(1, 1, "x").causedBy(cause)))
        .doesNotContain("IllegalStateException");
    assertThat(JsonReport.problem(key(1, 1, "x").causedBy(cause)).find("trace")).isNull();
    assertThat(JsonReport.problem(defect).text("trace")).contains("boom");
  }

  @Test
  void aProblemIsJsonToo() {
    assertThat(JsonWriter.canonical(JsonReport.problem(key(12, 7, "x"))))
        .isEqualTo(
            "{\"code\":\"ASSAY-PLAN-007\",\"kind\":\"USER\",\"mend\":\"did you mean"
                + " 'expect'?\",\"title\":\"Unknown key\",\"what\":\"unknown key 'expct' in check"
                + " 'smoke'\",\"where\":{\"column\":7,\"file\":\"assay.yaml\",\"line\":12,\"text\":"
                + "\"assay.yaml:12:7\"}}");
  }
}
