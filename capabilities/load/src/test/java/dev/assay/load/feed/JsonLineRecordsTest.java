package dev.assay.load.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JsonLineRecordsTest {

  @TempDir Path folder;

  private JsonLineRecords read(byte[] bytes) {
    try {
      Path file = folder.resolve("orders.jsonl");
      Files.write(file, bytes);
      return JsonLineRecords.read(file, "orders.jsonl", Where.named("feeder orders"));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private JsonLineRecords read(String text) {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  private List<Problem> problems(String text) {
    return catchThrowableOfType(ProblemException.class, () -> read(text)).problems();
  }

  @Test
  void membersAreColumnsAndKeepWhatIsWritten() {
    JsonLineRecords records =
        read(
            """
            \uFEFF{"id": 7, "name": "k\\u00efm \\"x\\"", "price": 2.50, "ok": true}

            {"id": 12345678901234567890, "tags": ["a", {"b":1}], "name": null}\r
            """);
    assertThat(records.columns()).containsExactly("id", "name", "price", "ok", "tags");
    assertThat(CsvRecordsTest.rows(records))
        .containsExactly(
            List.of("7", "kïm \"x\"", "2.50", "true", ""),
            List.of("12345678901234567890", "", "", "", "[\"a\", {\"b\":1}]"));
  }

  @Test
  void aLineThatIsNoObjectIsNamed() {
    List<Problem> problems = problems("{\"a\":1}\n[1]\n{\"a\":\n\n{\"a\":1,\"a\":2}");
    assertThat(problems).extracting(Problem::type).containsOnly(FeedProblems.JSON_LINE);
    assertThat(problems)
        .extracting(problem -> problem.where().text())
        .containsExactly("orders.jsonl:2:1", "orders.jsonl:3:1", "orders.jsonl:5:1");
  }

  @Test
  void nothingToTakeIsRefused() {
    assertThat(problems("\n \n").getFirst().type()).isEqualTo(FeedProblems.EMPTY);
    assertThat(problems("{}\n{}").getFirst().type()).isEqualTo(FeedProblems.EMPTY);
  }

  @Test
  void anotherEncodingIsRefused() {
    byte[] latin = "{\"a\":\"grün\"}".getBytes(StandardCharsets.ISO_8859_1);
    ProblemException refused = catchThrowableOfType(ProblemException.class, () -> read(latin));
    assertThat(refused.problems().getFirst().type()).isEqualTo(FeedProblems.ENCODING);
  }
}
