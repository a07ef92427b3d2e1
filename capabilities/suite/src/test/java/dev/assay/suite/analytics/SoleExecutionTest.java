package dev.assay.suite.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.suite.cache.Executed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoleExecutionTest {

  @TempDir Path folder;

  @Test
  void aClassThatOneTestExecutesAloneIsToldAndItsOwnIsNot() {
    SoleExecution found =
        SoleExecution.of(
            "unit",
            Map.of(
                "shop.CartTest",
                    Set.of("shop/CartTest", "shop/CartTest$Deep", "shop/Cart", "shop/Vat"),
                "shop.OrderTest", Set.of("shop/OrderTest", "shop/Cart")),
            3);

    assertThat(found.tests())
        .containsExactly(new SoleExecution.Sole("shop.CartTest", List.of("shop.Vat"), 4));
    assertThat(found.table(10).note()).contains("2 of 3", "the others may execute the same");
  }

  @Test
  void ofEachTestItsLastRunCountsWhateverCommitThatWasAt() throws IOException {
    Executed executed = new Executed(folder);
    executed.put("a", Map.of("T", Set.of("x/Old"), "U", Set.of("x/U")));
    Files.setLastModifiedTime(folder.resolve("a.json.gz"), FileTime.from(Instant.EPOCH));
    executed.put("b", Map.of("T", Set.of("x/New")));

    assertThat(executed.all())
        .containsExactlyInAnyOrderEntriesOf(Map.of("T", Set.of("x/New"), "U", Set.of("x/U")));
  }

  @Test
  void withoutAnythingSeenThereIsNothing() {
    assertThat(SoleExecution.of(folder, "unit")).isEmpty();
  }
}
