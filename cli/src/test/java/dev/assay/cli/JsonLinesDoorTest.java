package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JsonLinesDoorTest {

  @Test
  void eachLineIsAnsweredInOrderWithItsId() throws IOException {
    List<Json.Obj> answers =
        ask("{\"id\": \"a\", \"n\": 2}\n\n{\"id\": [1], \"n\": 3}\r\n{\"n\": 4}");
    assertThat(answers).hasSize(3);
    assertThat(answers.get(0).text("id")).isEqualTo("a");
    assertThat(answers.get(0).whole("square")).isEqualTo(4);
    assertThat(answers.get(1).array("id")).containsExactly(Json.of(1));
    assertThat(answers.get(1).whole("square")).isEqualTo(9);
    assertThat(answers.get(2).find("id")).isNull();
    assertThat(answers.get(2).whole("square")).isEqualTo(16);
  }

  @Test
  void aBadLineIsAnsweredByWhatIsWrongAndTheNextIsStillAnswered() throws IOException {
    List<Json.Obj> answers =
        ask(
            "{\"id\": 1, \"n\": \n[]\n{\"id\": 7, \"n\": \"x\"}\n{\"id\": 8}\n{\"n\": 0}\n{\"n\": 1}\n");
    assertThat(answers).hasSize(6);
    assertThat(answers.get(0).text("error")).contains("unexpected end");
    assertThat(answers.get(0).whole("line")).isEqualTo(1);
    assertThat(answers.get(1).text("error")).contains("one JSON object");
    assertThat(answers.get(2).text("error")).contains("expected a whole number");
    assertThat(answers.get(2).whole("id")).isEqualTo(7);
    assertThat(answers.get(2).whole("line")).isEqualTo(3);
    assertThat(answers.get(3).text("error")).contains("there is no 'n'");
    assertThat(answers.get(4).text("error")).contains("defect").contains("/ by zero");
    assertThat(answers.get(5).whole("square")).isEqualTo(1);
  }

  @Test
  void aLineThatIsTooLongIsRefusedAndPassedOver() throws IOException {
    List<Json.Obj> answers = ask("{\"n\": 2" + " ".repeat(300_000) + "}\n{\"n\": 5}\n");
    assertThat(answers).hasSize(2);
    assertThat(answers.get(0).text("error")).contains("longer than 200000 bytes");
    assertThat(answers.get(1).whole("square")).isEqualTo(25);
  }

  @Test
  void anAnswerDoesNotWaitForTheNextLine() throws Exception {
    try (PipedOutputStream questions = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(questions);
        PipedInputStream answers = new PipedInputStream();
        PrintStream out =
            new PrintStream(new PipedOutputStream(answers), false, StandardCharsets.UTF_8)) {
      Thread door =
          Thread.ofVirtual()
              .start(() -> serve(new JsonLinesDoor(in, out, JsonLinesDoorTest::square)));
      for (int n = 1; n <= 3; n++) {
        questions.write(("{\"n\": " + n + "}\n").getBytes(StandardCharsets.UTF_8));
        questions.flush();
        StringBuilder line = new StringBuilder();
        for (int c = answers.read(); c != '\n'; c = answers.read()) {
          line.append((char) c);
        }
        assertThat(line.toString()).isEqualTo("{\"square\":" + n * n + "}");
      }
      questions.close();
      door.join();
    }
  }

  private static void serve(JsonLinesDoor door) {
    try {
      door.serve();
    } catch (IOException broken) {
      throw new java.io.UncheckedIOException(broken);
    }
  }

  private static Json.Obj square(Json.Obj question) {
    long n = question.whole("n");
    return Json.object().put("square", n * (n * n / n)).build();
  }

  private static List<Json.Obj> ask(String lines) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
      new JsonLinesDoor(
              new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)),
              out,
              JsonLinesDoorTest::square,
              200_000)
          .serve();
    }
    List<Json.Obj> answers = new ArrayList<>();
    bytes
        .toString(StandardCharsets.UTF_8)
        .lines()
        .forEach(line -> answers.add(JsonReader.read(line).asObject()));
    return answers;
  }
}
