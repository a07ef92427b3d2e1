package dev.assay.suite.failure;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageShapeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          order 17 of 3 is late                          | order <number> of <number> is late
          cannot open /tmp/junit123/a.txt                | cannot open <path>
          cannot open C:\\Users\\ann\\a.txt              | cannot open <path>
          no answer from 10.1.2.3:8080 in 12 ms          | no answer from <address> in <took>
          at 2026-01-01T10:00:00.123Z it broke           | at <time> it broke
          id 123e4567-e89b-12d3-a456-426614174000 gone   | id <id> gone
          Order@1b2c3d4 is not Order@0f0f0f0f            | Order@<ref> is not Order@<ref>
          expected <a> but was "b"                       | expected <value> but was <value>
          commit 4f2e9c1a77 is unknown                   | commit <id> is unknown
          GET https://shop.example/a?b=1 said 503        | GET <url> said <number>
          """)
  void whatDiffersFromRunToRunIsReplaced(String message, String shape) {
    assertThat(MessageShape.shape(message)).isEqualTo(shape);
  }

  @Property(tries = 300)
  void aShapeOfAShapeIsTheSame(@ForAll String message) {
    String shape = MessageShape.shape(message);
    assertThat(MessageShape.shape(shape).length()).isLessThanOrEqualTo(500);
  }
}
