package dev.assay.gateway.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecipientListTest {

  private final List<RecipientList.Recipient> taken = new ArrayList<>();
  private final List<Problem> wrong = new ArrayList<>();

  private RecipientList.Read read(String text, boolean json) {
    return new RecipientList("list.csv", false)
        .read(new StringReader(text), json, taken::add, wrong::add);
  }

  @Test
  void aTableHasNamesInItsFirstLine() {
    read("\uFEFFto;locale;name\n+49170;de;\"Müller; Anna\"\n\n+43660;;Bo\n", false);

    assertThat(taken)
        .containsExactly(
            new RecipientList.Recipient(2, "+49170", "de", Map.of("name", Json.of("Müller; Anna"))),
            new RecipientList.Recipient(4, "+43660", null, Map.of("name", Json.of("Bo"))));
  }

  @Test
  void aWrongLineIsToldAndPassedOver() {
    RecipientList.Read read = read("to,name\n+1,a\n+2\n,b\n+3,c,d\n+4,e\n", false);

    assertThat(read).isEqualTo(new RecipientList.Read(2, 3));
    assertThat(wrong)
        .extracting(problem -> problem.where().text() + " " + problem.what())
        .containsExactly(
            "list.csv:3:1 it has 1 fields, but the first line names 2",
            "list.csv:4:1 'to' is missing",
            "list.csv:5:1 it has 3 fields, but the first line names 2");
  }

  @Test
  void byChoiceTheFirstWrongLineEndsTheReading() {
    assertThatThrownBy(() ->
            new RecipientList("list.csv", true)
                .read(new StringReader("to,name\n+1,a\n+2\n+3,c\n"), false, taken::add, wrong::add))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("list.csv:3:1");
    assertThat(taken).hasSize(1);
  }

  @Test
  void linesOfJsonHaveTypesOfTheirOwn() {
    read("{\"to\": \"+1\", \"n\": 3}\n\n{\"to\": 5}\nnonsense\n{\"to\": \"+2\"}", true);

    assertThat(taken).extracting(RecipientList.Recipient::to).containsExactly("+1", "+2");
    assertThat(taken.getFirst().values()).isEqualTo(Map.of("n", Json.of(3)));
    assertThat(wrong)
        .extracting(problem -> problem.where().text())
        .containsExactly("list.csv:3:1", "list.csv:4:1");
  }

  @Test
  void aListWithoutRecipientsIsNoList() {
    assertThatThrownBy(() -> read("", false)).hasMessageContaining("the list is empty");
    assertThatThrownBy(() -> read("number,name\n+1,a\n", false))
        .hasMessageContaining("no column is named 'to'");
  }

  @Test
  void aLineWithoutEndIsRefusedAndNotHeld() {
    read("{\"to\": \"" + "1".repeat(100_000) + "\"}\n{\"to\": \"+2\"}\n", true);

    assertThat(taken).extracting(RecipientList.Recipient::to).containsExactly("+2");
    assertThat(wrong.getFirst().what()).contains("longer than 65536");
  }

  @Test
  void aLongListIsReadAsItComes() {
    AtomicLong handed = new AtomicLong();
    AtomicLong furthest = new AtomicLong();
    Reader endless =
        new Reader() {
          private final byte[] line =
              "+4917012345678,somebody\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
          private final byte[] head = "to,name\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
          private long at;

          @Override
          public int read(char[] into, int offset, int length) {
            for (int i = 0; i < length; i++, at++) {
              if (at >= head.length + 200_000L * line.length) {
                return i == 0 ? -1 : i;
              }
              into[offset + i] =
                  (char)
                      (at < head.length
                          ? head[(int) at]
                          : line[(int) ((at - head.length) % line.length)]);
            }
            furthest.accumulateAndGet(at / line.length - handed.get(), Math::max);
            return length;
          }

          @Override
          public void close() {}
        };

    RecipientList.Read read =
        new RecipientList("list.csv", true)
            .read(endless, false, recipient -> handed.incrementAndGet(), wrong::add);

    assertThat(read.good()).isEqualTo(200_000);
    assertThat(furthest.get()).as("lines read ahead").isLessThan(20_000);
  }
}
