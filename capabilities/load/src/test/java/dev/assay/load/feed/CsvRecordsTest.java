package dev.assay.load.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.ProblemType;
import dev.assay.api.problem.Where;
import dev.assay.load.extract.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CsvRecordsTest {

  private static final Where PLACE = Where.named("feeder people");

  @TempDir Path folder;

  private CsvRecords read(String text) {
    return read(text, StandardCharsets.UTF_8);
  }

  private CsvRecords read(String text, Charset charset) {
    try {
      Path file = folder.resolve("people.csv");
      Files.write(file, text.getBytes(charset));
      return CsvRecords.read(file, "people.csv", PLACE);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  static List<List<String>> rows(Records records) {
    List<List<String>> rows = new ArrayList<>();
    Bytes out = new Bytes(1 << 20);
    for (long row = 0; row < records.rows(); row++) {
      List<String> values = new ArrayList<>();
      for (int column = 0; column < records.columns().size(); column++) {
        out.clear();
        records.write(row, column, out);
        values.add(out.text());
      }
      rows.add(values);
    }
    return rows;
  }

  private List<Problem> problems(String text) {
    return catchThrowableOfType(ProblemException.class, () -> read(text)).problems();
  }

  @Test
  void theFirstLineNamesTheColumns() {
    CsvRecords records = read("id,name\n1,kim\n2,lee\n");
    assertThat(records.columns()).containsExactly("id", "name");
    assertThat(rows(records)).containsExactly(List.of("1", "kim"), List.of("2", "lee"));
  }

  @Test
  void readsWhatRfc4180Writes() {
    CsvRecords records =
        read(
            "a,b,c\r\naaa,\"b \r\nbb\",ccc\r\n\"say \"\"hi\"\"\",\",\",\"\"\r\n,,\r\nx y, z ,\"\"\"\"");
    assertThat(rows(records))
        .containsExactly(
            List.of("aaa", "b \r\nbb", "ccc"),
            List.of("say \"hi\"", ",", ""),
            List.of("", "", ""),
            List.of("x y", " z ", "\""));
  }

  @Test
  void theDelimiterIsTheOneThatTheFirstLineHasMostOf() {
    assertThat(read("a;b;c,d\n1;2,5;3").columns()).containsExactly("a", "b", "c,d");
    assertThat(rows(read("a\tb\n1,5\t2"))).containsExactly(List.of("1,5", "2"));
    assertThat(read("\"a;b;c\",d\n1,2").columns()).containsExactly("a;b;c", "d");
    assertThat(rows(read("id\n1\n2"))).containsExactly(List.of("1"), List.of("2"));
  }

  @Test
  void marksBlankLinesAndEveryKindOfLineEndAreUnderstood() {
    assertThat(read("\uFEFFid,n\r\r1,2\r\n\r\n\n3,4\r").columns()).containsExactly("id", "n");
    assertThat(rows(read("\uFEFFid,n\r\r1,2\r\n\r\n\n3,4\r")))
        .containsExactly(List.of("1", "2"), List.of("3", "4"));
  }

  @Test
  void aRowOfAnotherLengthIsNamedWithItsLine() {
    List<Problem> problems = problems("a,b\n1,2\n\n3\n4,5,6\n");
    assertThat(problems).extracting(Problem::type).containsOnly(FeedProblems.ROW);
    assertThat(problems)
        .extracting(problem -> problem.where().text())
        .containsExactly("people.csv:4:1", "people.csv:5:1");
    assertThat(problems.getFirst().what()).isEqualTo("this row has 1 value, the header names 2");
  }

  @Test
  void atMostFiveProblemsAreListed() {
    assertThat(problems("a,b\n" + "1\n".repeat(100))).hasSize(5);
  }

  @Test
  void aQuoteThatIsNeverClosedIsNamedWhereItOpens() {
    List<Problem> problems = problems("a,b\n1,2\n3,\"4\n5,6\n");
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().where().text()).isEqualTo("people.csv:3:1");
    assertThat(problems("a\n\"1\"2\n").getFirst().what()).contains("after its closing quote");
  }

  @Test
  void aHeaderThatCannotBeUsedIsRefused() {
    assertThat(type("")).isEqualTo(FeedProblems.EMPTY);
    assertThat(type("\n\n")).isEqualTo(FeedProblems.EMPTY);
    assertThat(type("a,b\n")).isEqualTo(FeedProblems.EMPTY);
    assertThat(type("a,,c\n1,2,3")).isEqualTo(FeedProblems.HEADER);
    assertThat(type("a,b, a\n1,2,3")).isEqualTo(FeedProblems.HEADER);
  }

  private ProblemType type(String text) {
    return problems(text).getFirst().type();
  }

  @Test
  void anotherEncodingIsRefusedWithItsLine() {
    for (Charset charset : List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16)) {
      Problem problem =
          catchThrowableOfType(ProblemException.class, () -> read("a\n1\ngrün\n", charset))
              .problems()
              .getFirst();
      assertThat(problem.type()).isEqualTo(FeedProblems.ENCODING);
    }
    assertThat(problems("a\n1\u0000\n").getFirst().where().text()).isEqualTo("people.csv:2:1");
  }

  @Test
  void aFileThatIsNotThereIsSaidToBeMissing() {
    ProblemException missing =
        catchThrowableOfType(
            ProblemException.class,
            () -> CsvRecords.read(folder.resolve("no.csv"), "no.csv", PLACE));
    assertThat(missing.problems().getFirst().type()).isEqualTo(FeedProblems.FILE);
    assertThat(missing.problems().getFirst().what()).isEqualTo("there is no file 'no.csv'");
    ProblemException isFolder =
        catchThrowableOfType(ProblemException.class, () -> CsvRecords.read(folder, "data", PLACE));
    assertThat(isFolder.problems().getFirst().what()).contains("folder");
  }

  @Test
  void whatIsWrittenIsWhatIsReadWhateverItHolds() {
    SplittableRandom random = new SplittableRandom(3);
    String[] parts = {"a", ",", "\"", "\n", "\r\n", "ä€", " ", ";", "long text ".repeat(30), "\t"};
    for (int file = 0; file < 50; file++) {
      List<List<String>> rows = new ArrayList<>();
      int columns = 1 + random.nextInt(4);
      for (int i = 1 + random.nextInt(300); i > 0; i--) {
        List<String> row = new ArrayList<>();
        for (int j = 0; j < columns; j++) {
          StringBuilder value = new StringBuilder();
          for (int k = random.nextInt(4); k > 0; k--) {
            value.append(parts[random.nextInt(parts.length)]);
          }
          row.add(value.toString());
        }
        rows.add(row);
      }
      String header = "c0";
      for (int i = 1; i < columns; i++) {
        header += ",c" + i;
      }
      String text =
          rows.stream()
              .map(row -> row.stream().map(CsvRecordsTest::quoted).collect(Collectors.joining(",")))
              .collect(Collectors.joining("\r\n", header + "\r\n", ""));
      assertThat(rows(read(text))).isEqualTo(rows);
    }
  }

  private static String quoted(String value) {
    return "\"" + value.replace("\"", "\"\"") + "\"";
  }

  @Test
  void aRowLargerThanAChunkIsKeptWhole() {
    String large = "x".repeat(1_000_000);
    CsvRecords records = read("a,b,c\n1,2,3\n" + large + "," + large + ",y\n4,5,6\n");
    assertThat(rows(records).get(1)).containsExactly(large, large, "y");
    assertThat(rows(records).get(2)).containsExactly("4", "5", "6");
    assertThat(problems("a\n" + large + large + "\n").getFirst().type())
        .isEqualTo(FeedProblems.TOO_LARGE);
  }
}
